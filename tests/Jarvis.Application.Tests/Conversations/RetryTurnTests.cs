using Jarvis.Application.Conversations;
using Jarvis.Application.Memories;
using Jarvis.Domain.Common;
using Jarvis.Domain.Conversations;
using Microsoft.EntityFrameworkCore;
using NSubstitute;

namespace Jarvis.Application.Tests.Conversations;

public sealed class RetryTurnTests : IAsyncLifetime
{
    private UseCases jarvis = null!;

    public async ValueTask InitializeAsync() => jarvis = await UseCases.StartAsync();

    public ValueTask DisposeAsync() => jarvis.DisposeAsync();

    [Fact]
    public async Task A_failed_turn_is_answered_in_its_place()
    {
        var failed = await jarvis.FailAsync("Hello?");

        var retried = await jarvis.SendAsync(new RetryTurn(jarvis.Person, failed.TurnId));

        retried.Value.TurnId.Should().Be(failed.TurnId);
        (await retried.Value.Completion).Value.Response.Should().Be("Hi");
        var turn = await jarvis.TurnAsync(failed.TurnId);
        (turn.Prompt, turn.Response, turn.Status, turn.FailureCode).Should().Be(("Hello?", "Hi", TurnStatus.Completed, null));
    }

    [Fact]
    public async Task It_is_asked_again_with_what_came_before_it_and_nothing_that_came_after()
    {
        var first = await jarvis.AskAsync("First");
        var failed = await jarvis.FailAsync("Second", first.ConversationId);
        await jarvis.AskAsync("Third", first.ConversationId);

        await (await jarvis.SendAsync(new RetryTurn(jarvis.Person, failed.TurnId))).Value.Completion;

        jarvis.Models.Requests[^1].Messages.Skip(1).Select(message => message.Text).Should().Equal("First", "Hi", "Second");
    }

    [Fact]
    public async Task It_is_given_what_memory_knows_now()
    {
        var source = await jarvis.AskAsync("My dog is called Reksio");
        Recall(Turn(source, "outdated"), Turn(source, "outdated too"));
        var failed = await jarvis.FailAsync("What is my dog called?");
        Recall(Turn(source, "My dog is called Reksio"));

        var retried = await jarvis.SendAsync(new RetryTurn(jarvis.Person, failed.TurnId));

        await retried.Value.Completion;
        retried.Value.Memories.Should().ContainSingle();
        (await jarvis.TurnAsync(failed.TurnId)).Memories.Should().ContainSingle(memory => memory.SourceTurnId == source.TurnId);
    }

    [Fact]
    public async Task Only_a_turn_that_failed_is_tried_again()
    {
        var answered = await jarvis.AskAsync();

        var retried = await jarvis.SendAsync(new RetryTurn(jarvis.Person, answered.TurnId));

        retried.Error.Should().Be(ChatErrors.TurnNotFailed);
    }

    [Fact]
    public async Task A_turn_that_is_being_answered_is_not_tried_again()
    {
        var pause = jarvis.Models.PauseAfter("Wait");
        var running = (await jarvis.SendAsync(new AskChat(jarvis.Person, Conversation: null, "Hello"))).Value;
        await pause.IsReached;

        var retried = await jarvis.SendAsync(new RetryTurn(jarvis.Person, running.TurnId));

        retried.Error.Should().Be(ChatErrors.TurnNotFailed);
    }

    [Fact]
    public async Task Anothers_turn_is_not_found()
    {
        var failed = await jarvis.FailAsync();

        var retried = await jarvis.SendAsync(new RetryTurn(await jarvis.AddPersonAsync(), failed.TurnId));

        retried.Error.Should().Be(ChatErrors.TurnNotFound);
    }

    [Fact]
    public async Task Of_two_at_once_one_wins_and_the_model_is_asked_once()
    {
        var failed = await jarvis.FailAsync();
        var asked = jarvis.Models.Requests.Count;
        var bothHaveRead = new Barrier(jarvis);

        var retries = await Task.WhenAll(TryAsync(failed.TurnId), TryAsync(failed.TurnId));

        bothHaveRead.Count.Should().Be(2);
        var won = retries.OfType<Result<RunningAnswer>>().Should().ContainSingle().Which;
        retries.OfType<DbUpdateConcurrencyException>().Should().ContainSingle();
        (await won.Value.Completion).Error.Should().BeNull();
        jarvis.Models.Requests.Should().HaveCount(asked + 1);
    }

    private async Task<object> TryAsync(TurnId turn)
    {
        try
        {
            return await jarvis.SendAsync(new RetryTurn(jarvis.Person, turn));
        }
        catch (DbUpdateConcurrencyException lost)
        {
            return lost;
        }
    }

    private void Recall(params MemoryHit[] hits) =>
        jarvis.Search.SearchAsync(Arg.Any<MemoryQuery>(), Arg.Any<CancellationToken>()).Returns(hits);

    private static MemoryHit Turn(RunningAnswer source, string content) =>
        new(MemorySource.Turn, Item: null, source.TurnId, source.ConversationId, ExternalId: null, content, 1, UseCases.Start);

    // Memory is searched after the turn was read and before it is written: there both wait for each other.
    private sealed class Barrier
    {
        private readonly TaskCompletionSource both = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private int count;

        public Barrier(UseCases jarvis) =>
            jarvis.Search.SearchAsync(Arg.Any<MemoryQuery>(), Arg.Any<CancellationToken>()).Returns(_ => MeetAsync());

        public int Count => count;

        private async Task<IReadOnlyList<MemoryHit>> MeetAsync()
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
