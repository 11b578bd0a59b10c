using Jarvis.Application.Conversations;
using Jarvis.Application.Memories;
using Jarvis.Domain.Conversations;
using Jarvis.Domain.Memories;
using NSubstitute;

namespace Jarvis.Application.Tests.Conversations;

public sealed class ListTurnsTests : IAsyncLifetime
{
    private UseCases jarvis = null!;

    public async ValueTask InitializeAsync() => jarvis = await UseCases.StartAsync();

    public ValueTask DisposeAsync() => jarvis.DisposeAsync();

    [Fact]
    public async Task The_newest_come_with_the_oldest_of_them_first()
    {
        var conversation = await TalkAsync("one", "two", "three");

        var page = (await jarvis.SendAsync(new ListTurns(jarvis.Person, conversation, Limit: 2))).Value;

        page.Items.Select(turn => turn.Prompt).Should().Equal("two", "three");
        page.HasMore.Should().BeTrue();
    }

    [Fact]
    public async Task Going_back_from_the_oldest_shown_skips_nothing_and_repeats_nothing()
    {
        var prompts = Enumerable.Range(0, 7).Select(number => $"prompt {number}").ToArray();
        var conversation = await TalkAsync(prompts);

        var seen = new List<string>();
        TurnPage? page = null;
        do
        {
            page = (await jarvis.SendAsync(new ListTurns(jarvis.Person, conversation, page?.Items[0].Id, Limit: 3))).Value;
            seen.InsertRange(0, page.Items.Select(turn => turn.Prompt));
        }
        while (page.HasMore);

        seen.Should().Equal(prompts);
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(-5, 1)]
    [InlineData(int.MaxValue, 3)]
    public async Task A_limit_out_of_range_is_brought_into_it(int limit, int shown)
    {
        var conversation = await TalkAsync("one", "two", "three");

        var page = await jarvis.SendAsync(new ListTurns(jarvis.Person, conversation, Limit: limit));

        page.Value.Items.Should().HaveCount(shown);
    }

    [Fact]
    public async Task A_failed_turn_says_why()
    {
        var failed = await jarvis.FailAsync("Hello?");

        var page = (await jarvis.SendAsync(new ListTurns(jarvis.Person, failed.ConversationId))).Value;

        var turn = page.Items.Should().ContainSingle().Which;
        (turn.Status, turn.FailureCode, turn.FailureMessage).Should().Be((TurnStatus.Failed, "test.away", "The model is away."));
    }

    [Fact]
    public async Task Anothers_conversation_is_not_found()
    {
        var conversation = await TalkAsync("one");

        var page = await jarvis.SendAsync(new ListTurns(await jarvis.AddPersonAsync(), conversation));

        page.Error.Should().Be(ChatErrors.ConversationNotFound);
    }

    [Fact]
    public async Task Each_answer_shows_what_memory_gave_it_in_order()
    {
        var source = await jarvis.AskAsync("My dog is called Reksio");
        var item = await jarvis.LearnAsync(source, "Has a dog called Reksio");
        Recall(
            new MemoryHit(MemorySource.Turn, Item: null, source.TurnId, source.ConversationId, null, "My dog is called Reksio", 2, UseCases.Start),
            new MemoryHit(MemorySource.Memory, item.Id, source.TurnId, source.ConversationId, null, item.Content, 1, UseCases.Start));
        var answer = await jarvis.AskAsync("What is my dog called?");

        var page = (await jarvis.SendAsync(new ListTurns(jarvis.Person, answer.ConversationId))).Value;

        page.Items.Single().Memories.Select(memory => (memory.Item, memory.Turn, memory.Content)).Should().Equal(
            (null, source.TurnId, "My dog is called Reksio"),
            (item.Id, source.TurnId, "Has a dog called Reksio"));
    }

    [Fact]
    public async Task Of_what_was_forgotten_since_only_that_it_was_there_is_shown()
    {
        var source = await jarvis.AskAsync("My dog is called Reksio");
        var item = await jarvis.LearnAsync(source, "Has a dog called Reksio");
        Recall(
            new MemoryHit(MemorySource.Turn, Item: null, source.TurnId, source.ConversationId, null, "My dog is called Reksio", 2, UseCases.Start),
            new MemoryHit(MemorySource.Memory, item.Id, source.TurnId, source.ConversationId, null, item.Content, 1, UseCases.Start));
        var answer = await jarvis.AskAsync("What is my dog called?");

        await jarvis.SendAsync(new ForgetMemory(jarvis.Person, item.Id));

        var page = (await jarvis.SendAsync(new ListTurns(jarvis.Person, answer.ConversationId))).Value;
        page.Items.Single().Memories.Select(memory => (memory.State, memory.Content, memory.Item, memory.Turn))
            .Should().AllBeEquivalentTo((GivenMemoryState.Forgotten, "", (MemoryItemId?)null, (TurnId?)null)).And.HaveCount(2);
    }

    [Fact]
    public async Task Of_what_stood_in_a_chat_that_was_deleted_since_only_that_it_was_there_is_shown()
    {
        var source = await jarvis.AskAsync("My dog is called Reksio");
        Recall(new MemoryHit(MemorySource.Turn, Item: null, source.TurnId, source.ConversationId, null, "My dog is called Reksio", 2, UseCases.Start));
        var answer = await jarvis.AskAsync("What is my dog called?");

        await jarvis.SendAsync(new DeleteConversation(jarvis.Person, source.ConversationId, Forget: false));

        var page = (await jarvis.SendAsync(new ListTurns(jarvis.Person, answer.ConversationId))).Value;
        page.Items.Single().Memories.Single().State.Should().Be(GivenMemoryState.Deleted);
    }

    [Fact]
    public async Task What_was_given_is_shown_as_it_is_now()
    {
        var source = await jarvis.AskAsync("My dog is called Reksio");
        var item = await jarvis.LearnAsync(source, "Has a dog called Reksio", MemoryKind.Relationship);
        Recall(new MemoryHit(MemorySource.Memory, item.Id, source.TurnId, source.ConversationId, null, item.Content, 1, UseCases.Start));
        var answer = await jarvis.AskAsync("What is my dog called?");

        await jarvis.SendAsync(new EditMemory(jarvis.Person, item.Id, "Has a dog called Azor", Pinned: null));

        var page = (await jarvis.SendAsync(new ListTurns(jarvis.Person, answer.ConversationId))).Value;
        var given = page.Items.Single().Memories.Single();
        (given.Content, given.Kind, given.Turn, given.State).Should().Be(("Has a dog called Azor", MemoryKind.Relationship, source.TurnId, GivenMemoryState.Known));
    }

    [Fact]
    public async Task A_turn_far_back_is_shown_among_those_around_it()
    {
        var conversation = await TalkAsync([.. Enumerable.Range(0, 30).Select(number => $"prompt {number}")]);
        var all = (await jarvis.SendAsync(new ListTurns(jarvis.Person, conversation, Limit: 200))).Value.Items;

        var page = (await jarvis.SendAsync(new ListTurns(jarvis.Person, conversation, Limit: 15, Around: all[4].Id))).Value;
        var newest = (await jarvis.SendAsync(new ListTurns(jarvis.Person, conversation, Limit: 15, Around: all[20].Id))).Value;

        page.Items.Select(turn => turn.Prompt).Should().Contain("prompt 4").And.EndWith("prompt 14");
        page.Before.Should().NotBeNull();
        newest.Items[^1].Prompt.Should().Be("prompt 29");
        newest.Before.Should().BeNull();
    }

    private async Task<ConversationId> TalkAsync(params string[] prompts)
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
