using Jarvis.Application.Conversations;
using Jarvis.Application.Memories;
using Jarvis.Domain.Common;
using Jarvis.Domain.Conversations;
using Microsoft.EntityFrameworkCore;

namespace Jarvis.Application.Tests.Conversations;

[Trait("Engine", "both")]
public sealed class RetryTurnTests : IAsyncLifetime
{
    private ApplicationFixture jarvis = null!;

    public async ValueTask InitializeAsync() => jarvis = await ApplicationFixture.StartAsync();

    public ValueTask DisposeAsync() => jarvis.DisposeAsync();

    [Fact]
    public async Task Retried_turn_is_answered_in_place()
    {
        var failed = await jarvis.FailAsync("Hello?");

        var retried = await jarvis.SendAsync(new RetryTurn(jarvis.UserId, failed.TurnId));

        retried.Value.TurnId.Should().Be(failed.TurnId);
        (await retried.Value.Completion).Value.Response.Should().Be("Hi");
        var turn = await jarvis.TurnAsync(failed.TurnId);
        (turn.Prompt, turn.Response, turn.Status, turn.Failure.Code).Should().Be(("Hello?", "Hi", TurnStatus.Completed, null));
    }

    [Fact]
    public async Task Retry_sends_only_earlier_turns_as_history()
    {
        var first = await jarvis.AskAsync("First");
        var failed = await jarvis.FailAsync("Second", first.ConversationId);
        await jarvis.AskAsync("Third", first.ConversationId);

        await (await jarvis.SendAsync(new RetryTurn(jarvis.UserId, failed.TurnId))).Value.Completion;

        jarvis.Models.Requests[^1].Messages.Skip(1).Select(message => message.Text).Should().Equal("First", "Hi", "Second");
    }

    [Fact]
    public async Task Retry_uses_current_memories()
    {
        var source = await jarvis.AskAsync("My dog is called Reksio");
        Recall(Turn(source, "outdated"), Turn(source, "outdated too"));
        var failed = await jarvis.FailAsync("What is my dog called?");
        Recall(Turn(source, "My dog is called Reksio"));

        var retried = await jarvis.SendAsync(new RetryTurn(jarvis.UserId, failed.TurnId));

        await retried.Value.Completion;
        retried.Value.Memories.Should().ContainSingle();
        (await jarvis.TurnAsync(failed.TurnId)).Memories.Should().ContainSingle(memory => memory.SourceTurnId == source.TurnId);
    }

    [Fact]
    public async Task Completed_turn_cannot_be_retried()
    {
        var answered = await jarvis.AskAsync();

        var retried = await jarvis.SendAsync(new RetryTurn(jarvis.UserId, answered.TurnId));

        retried.Error.Should().Be(ChatErrors.TurnNotFailed);
    }

    [Fact]
    public async Task Running_turn_cannot_be_retried()
    {
        var pause = jarvis.Models.PauseAfter("Wait");
        var running = (await jarvis.SendAsync(new AskChat(jarvis.UserId, Conversation: null, "Hello"))).Value;
        await pause.IsReached;

        var retried = await jarvis.SendAsync(new RetryTurn(jarvis.UserId, running.TurnId));

        retried.Error.Should().Be(ChatErrors.TurnNotFailed);
    }

    [Fact]
    public async Task Other_users_turn_is_not_found()
    {
        var failed = await jarvis.FailAsync();

        var retried = await jarvis.SendAsync(new RetryTurn(await jarvis.AddUserAsync(), failed.TurnId));

        retried.Error.Should().Be(ChatErrors.TurnNotFound);
    }

    [Fact]
    public async Task Concurrent_retries_have_one_winner_and_ask_the_model_once()
    {
        var failed = await jarvis.FailAsync();
        var requestsBefore = jarvis.Models.Requests.Count;
        var bothHaveRead = new Barrier(jarvis);

        var retries = await Task.WhenAll(TryAsync(failed.TurnId), TryAsync(failed.TurnId));

        bothHaveRead.Count.Should().Be(2);
        var winner = retries.OfType<Result<AnswerStream>>().Should().ContainSingle().Which;
        retries.OfType<DbUpdateConcurrencyException>().Should().ContainSingle();
        (await winner.Value.Completion).Error.Should().BeNull();
        jarvis.Models.Requests.Should().HaveCount(requestsBefore + 1);
    }

    private async Task<object> TryAsync(TurnId turn)
    {
        try
        {
            return await jarvis.SendAsync(new RetryTurn(jarvis.UserId, turn));
        }
        catch (DbUpdateConcurrencyException e)
        {
            return e;
        }
    }

    private void Recall(params MemoryHit[] hits) =>
        jarvis.Search.SearchAsync(Arg.Any<MemoryQuery>(), Arg.Any<CancellationToken>()).Returns(hits);

    private static MemoryHit Turn(AnswerStream source, string content) =>
        new(MemoryProvenance.Turn, Item: null, source.TurnId, source.ConversationId, ExternalId: null, content, 1, ApplicationFixture.Start);

    // Memory search runs after the turn is read and before it is written; both retries wait for each other there.
    private sealed class Barrier
    {
        private readonly TaskCompletionSource both = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private int count;

        public Barrier(ApplicationFixture jarvis) =>
            jarvis.Search.SearchAsync(Arg.Any<MemoryQuery>(), Arg.Any<CancellationToken>()).Returns(_ => WaitForOtherRetryAsync());

        public int Count => count;

        private async Task<IReadOnlyList<MemoryHit>> WaitForOtherRetryAsync()
        {
            if (Interlocked.Increment(ref count) == 2)
            {
                both.SetResult();
            }

            await both.Task;

            return [];
        }
    }
}
