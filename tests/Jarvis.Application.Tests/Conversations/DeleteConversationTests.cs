using Jarvis.Application.Common;
using Jarvis.Application.Conversations;
using Jarvis.Application.Memories;
using Jarvis.Domain.Common;
using Jarvis.Domain.Memories;
using Microsoft.EntityFrameworkCore;

namespace Jarvis.Application.Tests.Conversations;

[Trait("Engine", "both")]
public sealed class DeleteConversationTests : IAsyncLifetime
{
    private ApplicationFixture jarvis = null!;

    public async ValueTask InitializeAsync() => jarvis = await ApplicationFixture.StartAsync();

    public ValueTask DisposeAsync() => jarvis.DisposeAsync();

    [Fact]
    public async Task Conversation_is_deleted_with_its_turns_and_summary()
    {
        var answer = await jarvis.AskAsync();
        await jarvis.SaveAsync(db => db.ConversationSummaries.Add(ConversationSummary.Create(answer.ConversationId, jarvis.UserId, ApplicationFixture.Start)));
        var other = await jarvis.AskAsync("Another");

        var deleted = await jarvis.SendAsync(new DeleteConversation(jarvis.UserId, answer.ConversationId, Forget: false));

        deleted.Error.Should().BeNull();
        jarvis.CancellationBus.Received(1).PublishStopAll(answer.ConversationId);
        (await jarvis.DbAsync(db => db.Conversations.SingleAsync())).Id.Should().Be(other.ConversationId);
        (await jarvis.DbAsync(db => db.Turns.SingleAsync())).Id.Should().Be(other.TurnId);
        (await jarvis.DbAsync(db => db.ConversationSummaries.AnyAsync())).Should().BeFalse();
    }

    [Fact]
    public async Task Memory_of_a_deleted_conversation_stays_without_its_source()
    {
        var answer = await jarvis.AskAsync("I live in Bern");
        await jarvis.LearnAsync(answer, "Lives in Bern");

        await jarvis.SendAsync(new DeleteConversation(jarvis.UserId, answer.ConversationId, Forget: false));

        var item = await jarvis.DbAsync(db => db.MemoryItems.SingleAsync());
        (item.Content, item.ConversationId, item.SourceTurnId).Should().Be(("Lives in Bern", null, null));
    }

    [Fact]
    public async Task Forget_option_deletes_only_memories_of_the_conversation()
    {
        var answer = await jarvis.AskAsync("I live in Bern");
        await jarvis.LearnAsync(answer, "Lives in Bern");
        var remaining = await jarvis.LearnAsync(await jarvis.AskAsync("I like tea"), "Likes tea");

        await jarvis.SendAsync(new DeleteConversation(jarvis.UserId, answer.ConversationId, Forget: true));

        (await jarvis.DbAsync(db => db.MemoryItems.SingleAsync())).Id.Should().Be(remaining.Id);
    }

    [Fact]
    public async Task Answer_citing_a_deleted_conversation_keeps_emptied_citations()
    {
        var source = await jarvis.AskAsync("I live in Bern");
        var item = await jarvis.LearnAsync(source, "Lives in Bern");
        jarvis.Search.SearchAsync(Arg.Any<MemoryQuery>(), Arg.Any<CancellationToken>()).Returns(
        [
            new MemoryHit(MemoryProvenance.Memory, item.Id, source.TurnId, source.ConversationId, null, item.Content, 1, ApplicationFixture.Start),
            new MemoryHit(MemoryProvenance.Turn, null, source.TurnId, source.ConversationId, null, "I live in Bern", 1, ApplicationFixture.Start),
        ]);
        var answer = await jarvis.AskAsync("Where do I live?");

        await jarvis.SendAsync(new DeleteConversation(jarvis.UserId, source.ConversationId, Forget: true));

        var page = (await jarvis.SendAsync(new ListTurns(jarvis.UserId, answer.ConversationId))).Value;
        page.Items.Should().ContainSingle().Which.Memories.Select(memory => (memory.State, memory.Content)).Should().Equal(
            (CitationState.Forgotten, ""),
            (CitationState.Deleted, ""));
    }

    [Fact]
    public async Task Other_users_conversation_is_not_found_and_not_deleted()
    {
        var answer = await jarvis.AskAsync();

        var deleted = await jarvis.SendAsync(new DeleteConversation(await jarvis.AddUserAsync(), answer.ConversationId, Forget: true));

        deleted.Error.Should().Be(CommonErrors.ConversationNotFound);
        jarvis.CancellationBus.DidNotReceiveWithAnyArgs().PublishStopAll(default);
        (await jarvis.DbAsync(db => db.Turns.CountAsync())).Should().Be(1);
    }
}
