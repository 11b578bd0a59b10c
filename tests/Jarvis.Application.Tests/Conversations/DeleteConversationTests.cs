using Jarvis.Application.Conversations;
using Jarvis.Application.Memories;
using Jarvis.Domain.Memories;
using Microsoft.EntityFrameworkCore;
using NSubstitute;

namespace Jarvis.Application.Tests.Conversations;

public sealed class DeleteConversationTests : IAsyncLifetime
{
    private UseCases jarvis = null!;

    public async ValueTask InitializeAsync() => jarvis = await UseCases.StartAsync();

    public ValueTask DisposeAsync() => jarvis.DisposeAsync();

    [Fact]
    public async Task It_goes_with_its_turns_and_its_summary()
    {
        var answer = await jarvis.AskAsync();
        await jarvis.SaveAsync(db => db.ConversationSummaries.Add(ConversationSummary.Of(answer.ConversationId, jarvis.Person, UseCases.Start)));
        var other = await jarvis.AskAsync("Another");

        var deleted = await jarvis.SendAsync(new DeleteConversation(jarvis.Person, answer.ConversationId, Forget: false));

        deleted.Error.Should().BeNull();
        jarvis.Elsewhere.Received(1).StopAll(answer.ConversationId);
        (await jarvis.DbAsync(db => db.Conversations.SingleAsync())).Id.Should().Be(other.ConversationId);
        (await jarvis.DbAsync(db => db.Turns.SingleAsync())).Id.Should().Be(other.TurnId);
        (await jarvis.DbAsync(db => db.ConversationSummaries.AnyAsync())).Should().BeFalse();
    }

    [Fact]
    public async Task What_memory_holds_from_it_stays_without_its_source()
    {
        var answer = await jarvis.AskAsync("I live in Bern");
        await jarvis.LearnAsync(answer, "Lives in Bern");

        await jarvis.SendAsync(new DeleteConversation(jarvis.Person, answer.ConversationId, Forget: false));

        var item = await jarvis.DbAsync(db => db.MemoryItems.SingleAsync());
        (item.Content, item.ConversationId, item.SourceTurnId).Should().Be(("Lives in Bern", null, null));
    }

    [Fact]
    public async Task What_memory_holds_from_it_goes_too_if_that_is_wanted_and_nothing_else()
    {
        var answer = await jarvis.AskAsync("I live in Bern");
        await jarvis.LearnAsync(answer, "Lives in Bern");
        var kept = await jarvis.LearnAsync(await jarvis.AskAsync("I like tea"), "Likes tea");

        await jarvis.SendAsync(new DeleteConversation(jarvis.Person, answer.ConversationId, Forget: true));

        (await jarvis.DbAsync(db => db.MemoryItems.SingleAsync())).Id.Should().Be(kept.Id);
    }

    [Fact]
    public async Task An_answer_elsewhere_that_was_given_something_from_it_stays()
    {
        var source = await jarvis.AskAsync("I live in Bern");
        var item = await jarvis.LearnAsync(source, "Lives in Bern");
        jarvis.Search.SearchAsync(Arg.Any<MemoryQuery>(), Arg.Any<CancellationToken>()).Returns(
        [
            new MemoryHit(MemorySource.Memory, item.Id, source.TurnId, source.ConversationId, null, item.Content, 1, UseCases.Start),
            new MemoryHit(MemorySource.Turn, null, source.TurnId, source.ConversationId, null, "I live in Bern", 1, UseCases.Start),
        ]);
        var answer = await jarvis.AskAsync("Where do I live?");

        await jarvis.SendAsync(new DeleteConversation(jarvis.Person, source.ConversationId, Forget: true));

        var page = (await jarvis.SendAsync(new ListTurns(jarvis.Person, answer.ConversationId))).Value;
        page.Items.Should().ContainSingle().Which.Memories.Select(memory => (memory.State, memory.Content)).Should().Equal(
            (GivenMemoryState.Forgotten, ""),
            (GivenMemoryState.Deleted, ""));
    }

    [Fact]
    public async Task Anothers_is_not_found_and_stays()
    {
        var answer = await jarvis.AskAsync();

        var deleted = await jarvis.SendAsync(new DeleteConversation(await jarvis.AddPersonAsync(), answer.ConversationId, Forget: true));

        deleted.Error.Should().Be(ChatErrors.ConversationNotFound);
        jarvis.Elsewhere.DidNotReceiveWithAnyArgs().StopAll(default);
        (await jarvis.DbAsync(db => db.Turns.CountAsync())).Should().Be(1);
    }
}
