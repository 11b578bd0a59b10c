using Jarvis.Application.Common;
using Jarvis.Application.Conversations;
using Jarvis.Application.Memories;
using Jarvis.Domain.Common;
using Jarvis.Domain.Conversations;
using Jarvis.Domain.Memories;

namespace Jarvis.Application.Tests.Conversations;

[Trait("Engine", "both")]
public sealed class ListTurnsTests : IAsyncLifetime
{
    private ApplicationFixture jarvis = null!;

    public async ValueTask InitializeAsync() => jarvis = await ApplicationFixture.StartAsync();

    public ValueTask DisposeAsync() => jarvis.DisposeAsync();

    [Fact]
    public async Task Newest_turns_are_listed_oldest_first()
    {
        var conversation = await AskAllAsync("one", "two", "three");

        var page = (await jarvis.SendAsync(new ListTurns(jarvis.UserId, conversation, Limit: 2))).Value;

        page.Items.Select(turn => turn.Prompt).Should().Equal("two", "three");
        page.HasMore.Should().BeTrue();
    }

    [Fact]
    public async Task Paging_back_returns_every_turn_once()
    {
        var prompts = Enumerable.Range(0, 7).Select(number => $"prompt {number}").ToArray();
        var conversation = await AskAllAsync(prompts);

        var listed = new List<string>();
        TurnPage? page = null;
        do
        {
            page = (await jarvis.SendAsync(new ListTurns(jarvis.UserId, conversation, page?.Items[0].Id, Limit: 3))).Value;
            listed.InsertRange(0, page.Items.Select(turn => turn.Prompt));
        }
        while (page.HasMore);

        listed.Should().Equal(prompts);
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(-5, 1)]
    [InlineData(int.MaxValue, 3)]
    public async Task Limit_out_of_range_is_clamped(int limit, int expected)
    {
        var conversation = await AskAllAsync("one", "two", "three");

        var page = await jarvis.SendAsync(new ListTurns(jarvis.UserId, conversation, Limit: limit));

        page.Value.Items.Should().HaveCount(expected);
    }

    [Fact]
    public async Task Failed_turn_is_listed_with_its_reason()
    {
        var failed = await jarvis.FailAsync("Hello?");

        var page = (await jarvis.SendAsync(new ListTurns(jarvis.UserId, failed.ConversationId))).Value;

        var turn = page.Items.Should().ContainSingle().Which;
        (turn.Status, turn.Failure.Code, turn.Failure.Message).Should().Be((TurnStatus.Failed, "test.unavailable", "The model is unavailable."));
    }

    [Fact]
    public async Task Turns_of_another_users_conversation_are_not_found()
    {
        var conversation = await AskAllAsync("one");

        var page = await jarvis.SendAsync(new ListTurns(await jarvis.AddUserAsync(), conversation));

        page.Error.Should().Be(CommonErrors.ConversationNotFound);
    }

    [Fact]
    public async Task Answer_lists_its_citations_in_order()
    {
        var source = await jarvis.AskAsync("My dog is called Reksio");
        var item = await jarvis.LearnAsync(source, "Has a dog called Reksio");
        Recall(
            new MemoryHit(MemoryProvenance.Turn, Item: null, source.TurnId, source.ConversationId, null, "My dog is called Reksio", 2, ApplicationFixture.Start),
            new MemoryHit(MemoryProvenance.Memory, item.Id, source.TurnId, source.ConversationId, null, item.Content, 1, ApplicationFixture.Start));
        var answer = await jarvis.AskAsync("What is my dog called?");

        var page = (await jarvis.SendAsync(new ListTurns(jarvis.UserId, answer.ConversationId))).Value;

        page.Items.Single().Memories.Select(memory => (memory.Item, memory.Turn, memory.Content)).Should().Equal(
            (null, source.TurnId, "My dog is called Reksio"),
            (item.Id, source.TurnId, "Has a dog called Reksio"));
    }

    [Fact]
    public async Task Citation_of_a_forgotten_memory_shows_only_its_state()
    {
        var source = await jarvis.AskAsync("My dog is called Reksio");
        var item = await jarvis.LearnAsync(source, "Has a dog called Reksio");
        Recall(
            new MemoryHit(MemoryProvenance.Turn, Item: null, source.TurnId, source.ConversationId, null, "My dog is called Reksio", 2, ApplicationFixture.Start),
            new MemoryHit(MemoryProvenance.Memory, item.Id, source.TurnId, source.ConversationId, null, item.Content, 1, ApplicationFixture.Start));
        var answer = await jarvis.AskAsync("What is my dog called?");

        await jarvis.SendAsync(new ForgetMemory(jarvis.UserId, item.Id));

        var page = (await jarvis.SendAsync(new ListTurns(jarvis.UserId, answer.ConversationId))).Value;
        page.Items.Single().Memories.Select(memory => (memory.State, memory.Content, memory.Item, memory.Turn))
            .Should().AllBeEquivalentTo((CitationState.Forgotten, "", (MemoryItemId?)null, (TurnId?)null)).And.HaveCount(2);
    }

    [Fact]
    public async Task Citation_from_a_deleted_chat_is_shown_as_deleted()
    {
        var source = await jarvis.AskAsync("My dog is called Reksio");
        Recall(new MemoryHit(MemoryProvenance.Turn, Item: null, source.TurnId, source.ConversationId, null, "My dog is called Reksio", 2, ApplicationFixture.Start));
        var answer = await jarvis.AskAsync("What is my dog called?");

        await jarvis.SendAsync(new DeleteConversation(jarvis.UserId, source.ConversationId, Forget: false));

        var page = (await jarvis.SendAsync(new ListTurns(jarvis.UserId, answer.ConversationId))).Value;
        page.Items.Single().Memories.Single().State.Should().Be(CitationState.Deleted);
    }

    [Fact]
    public async Task Citation_shows_the_current_text_of_the_memory()
    {
        var source = await jarvis.AskAsync("My dog is called Reksio");
        var item = await jarvis.LearnAsync(source, "Has a dog called Reksio", MemoryKind.Relationship);
        Recall(new MemoryHit(MemoryProvenance.Memory, item.Id, source.TurnId, source.ConversationId, null, item.Content, 1, ApplicationFixture.Start));
        var answer = await jarvis.AskAsync("What is my dog called?");

        await jarvis.SendAsync(new EditMemory(jarvis.UserId, item.Id, "Has a dog called Azor", Pinned: null));

        var page = (await jarvis.SendAsync(new ListTurns(jarvis.UserId, answer.ConversationId))).Value;
        var citation = page.Items.Single().Memories.Single();
        (citation.Content, citation.Kind, citation.Turn, citation.State).Should().Be(("Has a dog called Azor", MemoryKind.Relationship, source.TurnId, CitationState.Known));
    }

    [Fact]
    public async Task Old_turn_is_listed_with_the_turns_around_it()
    {
        var conversation = await AskAllAsync([.. Enumerable.Range(0, 30).Select(number => $"prompt {number}")]);
        var all = (await jarvis.SendAsync(new ListTurns(jarvis.UserId, conversation, Limit: 200))).Value.Items;

        var page = (await jarvis.SendAsync(new ListTurns(jarvis.UserId, conversation, Limit: 15, Around: all[4].Id))).Value;
        var newest = (await jarvis.SendAsync(new ListTurns(jarvis.UserId, conversation, Limit: 15, Around: all[20].Id))).Value;

        page.Items.Select(turn => turn.Prompt).Should().Contain("prompt 4").And.EndWith("prompt 14");
        page.Before.Should().NotBeNull();
        newest.Items[^1].Prompt.Should().Be("prompt 29");
        newest.Before.Should().BeNull();
    }

    private async Task<ConversationId> AskAllAsync(params string[] prompts)
    {
        ConversationId? conversation = null;
        foreach (var prompt in prompts)
        {
            conversation = (await jarvis.AskAsync(prompt, conversation)).ConversationId;
        }

        return conversation!.Value;
    }

    private void Recall(params MemoryHit[] hits) =>
        jarvis.Search.SearchAsync(Arg.Any<MemoryQuery>(), Arg.Any<CancellationToken>()).Returns(hits);
}
