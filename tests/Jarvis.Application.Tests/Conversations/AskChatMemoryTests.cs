using Jarvis.Application.Conversations;
using Jarvis.Application.Memories;
using Jarvis.Domain.Accounts;
using Jarvis.Domain.Common;
using Jarvis.Domain.Conversations;

namespace Jarvis.Application.Tests.Conversations;

public sealed class AskChatMemoryTests : IAsyncLifetime
{
    private ApplicationFixture jarvis = null!;

    public async ValueTask InitializeAsync() => jarvis = await ApplicationFixture.StartAsync();

    public ValueTask DisposeAsync() => jarvis.DisposeAsync();

    [Fact]
    public async Task Memory_search_excludes_turns_already_in_the_prompt()
    {
        var first = await jarvis.AskAsync("I have a dog");

        await jarvis.AskAsync("What is it called?", first.ConversationId);

        await jarvis.Search.Received().SearchAsync(
            Arg.Is<MemoryQuery>(query => query.User == jarvis.UserId
                && query.Text == "What is it called?"
                && query.Conversation == first.ConversationId
                && query.Except.Single() == first.TurnId),
            Arg.Any<CancellationToken>());
    }

    [Fact]
    public async Task Found_memory_is_sent_to_the_model_and_cited_on_the_turn()
    {
        var source = await jarvis.AskAsync("My dog is called Reksio");
        var item = await jarvis.LearnAsync(source, "Has a dog called Reksio");
        Recall(new MemoryHit(MemoryProvenance.Memory, item.Id, source.TurnId, source.ConversationId, null, item.Content, 1, ApplicationFixture.Start));

        var answer = await jarvis.AskAsync("What is my dog called?");

        answer.Memories.Should().Equal(new CitedMemory(item.Id, source.TurnId, item.Content, ApplicationFixture.Start, source.ConversationId));
        jarvis.Models.Requests[^1].Memories.Should().Equal(answer.Memories);
        jarvis.Models.Requests[^1].Messages[0].Text.Should().Contain("Has a dog called Reksio");
        (await jarvis.TurnAsync(answer.TurnId)).Memories.Should().ContainSingle(memory => memory.MemoryItemId == item.Id && memory.Position == 0);
    }

    [Fact]
    public async Task Answer_queues_its_conversation_for_memory_without_waiting()
    {
        var queued = new TaskCompletionSource<MemoryJob>();
        jarvis.Jobs.EnqueueAsync(Arg.Do<MemoryJob>(queued.SetResult), Arg.Any<CancellationToken>()).Returns(new TaskCompletionSource().Task);

        var answer = await jarvis.SendAsync(new AskChat(jarvis.UserId, Conversation: null, "Hello"));

        (await answer.Value.Completion).Error.Should().BeNull();
        (await queued.Task).Should().Be(new MemoryJob(jarvis.UserId, answer.Value.ConversationId));
    }

    [Fact]
    public async Task Chat_without_memory_neither_uses_nor_creates_memory()
    {
        Recall(new MemoryHit(MemoryProvenance.Memory, Item: null, Turn: null, Conversation: null, null, "Has a dog called Reksio", 1, ApplicationFixture.Start));

        var answer = (await jarvis.SendAsync(new AskChat(jarvis.UserId, Conversation: null, "I live in Bern", Memory: false))).Value;
        await answer.Completion;
        var next = await jarvis.AskAsync("And where do I live?", answer.ConversationId);

        (answer.MemoryUsage, next.MemoryUsage).Should().Be((Domain.Conversations.MemoryUsage.Disabled, Domain.Conversations.MemoryUsage.Disabled));
        next.Memories.Should().BeEmpty();
        jarvis.Models.Requests.Should().OnlyContain(request => !request.Messages[0].Text.Contains("Reksio"));
        await jarvis.Search.DidNotReceiveWithAnyArgs().SearchAsync(default!, default);
        await jarvis.Jobs.DidNotReceiveWithAnyArgs().EnqueueAsync(default!, default);
        var turn = await jarvis.TurnAsync(answer.TurnId);
        (turn.Recallable, turn.RememberedAt is null).Should().Be((false, false));
    }

    [Theory]
    [InlineData(false, true)]
    [InlineData(true, false)]
    public async Task Memory_choice_is_fixed_by_the_first_message(bool first, bool later)
    {
        var started = (await jarvis.SendAsync(new AskChat(jarvis.UserId, Conversation: null, "Hello", Memory: first))).Value;
        await started.Completion;

        var changed = await jarvis.SendAsync(new AskChat(jarvis.UserId, started.ConversationId, "Hello again", Memory: later));
        var same = await jarvis.SendAsync(new AskChat(jarvis.UserId, started.ConversationId, "Hello again", Memory: first));

        changed.Error.Should().Be(ChatErrors.MemoryAlreadyChosen);
        same.Error.Should().BeNull();
    }

    [Fact]
    public async Task Local_only_memory_and_answers_citing_it_never_reach_a_cloud_model()
    {
        await jarvis.SaveAsync(db => db.UserConfigs.Single().SetLocalModelsOnly(true));
        var source = await jarvis.AskAsync("My dog is called Reksio");
        Recall(new MemoryHit(MemoryProvenance.Turn, Item: null, source.TurnId, source.ConversationId, null, "My dog is called Reksio", 1, ApplicationFixture.Start));
        jarvis.Models.Reply("Reksio, you said.");
        var local = await jarvis.AskAsync("What is my dog called?");
        jarvis.Search.ClearReceivedCalls();
        jarvis.Models.Local = false;

        var cloud = await jarvis.AskAsync("And my cat?", local.ConversationId);

        (local.MemoryUsage, local.Memories.Count).Should().Be((Domain.Conversations.MemoryUsage.Used, 1));
        (cloud.MemoryUsage, cloud.Memories.Count).Should().Be((Domain.Conversations.MemoryUsage.LocalOnly, 0));
        await jarvis.Search.DidNotReceiveWithAnyArgs().SearchAsync(default!, default);
        var sent = jarvis.Models.Requests[^1].Messages.Select(message => message.Text).ToList();
        sent.Should().Contain("What is my dog called?").And.OnlyContain(text => !text.Contains("Reksio"));
        (await jarvis.TurnAsync(cloud.TurnId)).MemoryUsage.Should().Be(Domain.Conversations.MemoryUsage.LocalOnly);
    }

    private void Recall(params MemoryHit[] hits) =>
        jarvis.Search.SearchAsync(Arg.Any<MemoryQuery>(), Arg.Any<CancellationToken>()).Returns(hits);
}
