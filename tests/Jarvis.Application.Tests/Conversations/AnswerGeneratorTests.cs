using Jarvis.Application.Conversations;
using Jarvis.Application.Memories;
using Jarvis.Domain.Common;
using Jarvis.Domain.Conversations;
using Jarvis.TestSupport.Services;
using Microsoft.EntityFrameworkCore;
using NSubstitute;

namespace Jarvis.Application.Tests.Conversations;

public sealed class AnswerGeneratorTests : IAsyncLifetime
{
    private static readonly Error Refusal = new(ErrorKind.UpstreamFailed, "test.broken", $"The model broke off.");

    private ApplicationFixture jarvis = null!;

    public async ValueTask InitializeAsync() => jarvis = await ApplicationFixture.StartAsync();

    public ValueTask DisposeAsync() => jarvis.DisposeAsync();

    [Fact]
    public async Task Model_error_leaves_a_failed_turn_with_its_reason()
    {
        jarvis.Models.Fail(Refusal, "half of an ans");

        var answer = await jarvis.AskAsync();

        (await answer.Completion).Error.Should().Be(Refusal);
        var turn = await jarvis.TurnAsync(answer.TurnId);
        (turn.Status, turn.Failure.Code, turn.Failure.Message).Should().Be((TurnStatus.Failed, "test.broken", "The model broke off."));
    }

    [Fact]
    public async Task Failed_turn_is_not_queued_for_memory()
    {
        await jarvis.FailAsync();

        await jarvis.Jobs.DidNotReceive().EnqueueAsync(Arg.Any<MemoryJob>(), Arg.Any<CancellationToken>());
    }

    [Fact]
    public async Task Model_exception_leaves_a_failed_turn()
    {
        jarvis.Models.Script = (_, _) => throw new InvalidOperationException("a bug");

        var answer = await jarvis.AskAsync();

        (await answer.Completion).Error.Should().Be(ChatErrors.Unexpected);
        (await jarvis.TurnAsync(answer.TurnId)).Status.Should().Be(TurnStatus.Failed);
    }

    [Fact]
    public async Task Cancellation_inside_the_model_is_an_unexpected_error()
    {
        jarvis.Models.Script = (_, _) => throw new OperationCanceledException("a time limit of its own");

        var answer = await jarvis.AskAsync();

        (await answer.Completion).Error.Should().Be(ChatErrors.Unexpected);
    }

    [Fact]
    public async Task Answer_without_a_finish_event_fails_the_turn()
    {
        jarvis.Models.Do(new ModelEvent.Text("And then"));

        var answer = await jarvis.AskAsync();

        (await answer.Completion).Error.Should().Be(ChatErrors.Unexpected);
        (await jarvis.TurnAsync(answer.TurnId)).Status.Should().Be(TurnStatus.Failed);
    }

    [Fact]
    public async Task Tokens_are_counted_when_the_provider_does_not_report_them()
    {
        jarvis.Models.Do(new ModelEvent.Text("Hi there"), new ModelEvent.Finished(UsedTokens: null));

        var answer = await jarvis.AskAsync();

        var tokens = new TokenCounter();
        var asked = jarvis.Models.Requests.Single().Messages.Sum(message => tokens.Count(message.Text));
        (await answer.Completion).Value.UsedTokens.Should().Be(asked + tokens.Count("Hi there"));
    }

    [Theory]
    [InlineData("a\0b", "a\uFFFDb")]
    [InlineData("a half [high]", "a half \uFFFD")]
    [InlineData("[low] another", "\uFFFD another")]
    [InlineData("whole 🎉", "whole 🎉")]
    public async Task Unstorable_characters_are_replaced(string said, string stored)
    {
        jarvis.Models.Reply(LoneSurrogates.In(said));

        var answer = await jarvis.AskAsync();

        (await answer.Completion).Value.Response.Should().Be(stored);
        (await jarvis.TurnAsync(answer.TurnId)).Response.Should().Be(stored);
    }

    [Fact]
    public async Task Stopping_keeps_the_text_so_far()
    {
        var pause = jarvis.Models.PauseAfter("Once ", "upon");
        var answer = (await jarvis.SendAsync(new AskChat(jarvis.UserId, Conversation: null, "Tell me"))).Value;
        await pause.IsReached;

        await jarvis.SendAsync(new StopTurn(jarvis.UserId, answer.TurnId));

        (await answer.Completion).Value.Response.Should().Be("Once upon");
        (await jarvis.TurnAsync(answer.TurnId)).Status.Should().Be(TurnStatus.Completed);
    }

    [Fact]
    public async Task Stopping_before_the_first_text_fails_the_turn_as_stopped()
    {
        var pause = jarvis.Models.PauseAfter();
        var answer = (await jarvis.SendAsync(new AskChat(jarvis.UserId, Conversation: null, "Tell me"))).Value;
        await pause.IsReached;

        await jarvis.SendAsync(new StopTurn(jarvis.UserId, answer.TurnId));

        (await answer.Completion).Error.Should().Be(ChatErrors.Stopped);
        (await jarvis.TurnAsync(answer.TurnId)).Failure.Code.Should().Be("chat.stopped");
    }

    [Fact]
    public async Task Other_user_cannot_stop_an_answer()
    {
        var pause = jarvis.Models.PauseAfter("Once");
        var answer = (await jarvis.SendAsync(new AskChat(jarvis.UserId, Conversation: null, "Tell me"))).Value;
        await pause.IsReached;

        var stopped = await jarvis.SendAsync(new StopTurn(await jarvis.AddPersonAsync(), answer.TurnId));

        stopped.Error.Should().Be(ChatErrors.TurnNotFound);
        pause.GoOn();
        (await answer.Completion).Value.Response.Should().Be("Once and done");
    }

    [Fact]
    public async Task Answer_of_another_process_is_stopped_there_only_for_its_owner()
    {
        var here = jarvis.Models.PauseAfter("Well");
        var answer = (await jarvis.SendAsync(new AskChat(jarvis.UserId, Conversation: null, "Hello"))).Value;
        await here.IsReached;
        var conversation = Conversation.Start(jarvis.UserId, Platform.Web, "Hello", ApplicationFixture.Start);
        var anothers = conversation.Ask("Hello", ApplicationFixture.Start);
        await jarvis.SaveAsync(db =>
        {
            db.Conversations.Add(conversation);
            db.Turns.Add(anothers);
        });

        await jarvis.SendAsync(new StopTurn(jarvis.UserId, answer.TurnId));
        await jarvis.SendAsync(new StopTurn(await jarvis.AddPersonAsync(), anothers.Id));
        jarvis.CancellationBus.DidNotReceiveWithAnyArgs().PublishStop(default);
        await jarvis.SendAsync(new StopTurn(jarvis.UserId, anothers.Id));

        jarvis.CancellationBus.Received(1).PublishStop(anothers.Id);
    }

    [Fact]
    public async Task Stopping_a_completed_turn_changes_nothing_and_is_not_published()
    {
        var answer = await jarvis.AskAsync();

        var stopped = await jarvis.SendAsync(new StopTurn(jarvis.UserId, answer.TurnId));

        stopped.Error.Should().BeNull();
        (await jarvis.TurnAsync(answer.TurnId)).Response.Should().Be("Hi");
        jarvis.CancellationBus.DidNotReceiveWithAnyArgs().PublishStop(default);
    }

    [Fact]
    public async Task Answer_survives_a_short_database_outage()
    {
        var pause = jarvis.Models.PauseAfter("Here");
        var answer = (await jarvis.SendAsync(new AskChat(jarvis.UserId, Conversation: null, "Hello"))).Value;
        await pause.IsReached;
        jarvis.Outage.Fail(times: 2);

        pause.GoOn();

        (await answer.Completion).Value.Response.Should().Be("Here and done");
        (await jarvis.TurnAsync(answer.TurnId)).Status.Should().Be(TurnStatus.Completed);
        jarvis.Clock.Waits.Should().Equal(TimeSpan.FromMilliseconds(200), TimeSpan.FromSeconds(1));
    }

    [Fact]
    public async Task Answer_stored_without_confirmation_is_completed()
    {
        var pause = jarvis.Models.PauseAfter("Here");
        var answer = (await jarvis.SendAsync(new AskChat(jarvis.UserId, Conversation: null, "Hello"))).Value;
        await pause.IsReached;
        jarvis.Outage.FailAfterCommit(times: 1);

        pause.GoOn();

        (await answer.Completion).Value.Response.Should().Be("Here and done");
        (await jarvis.TurnAsync(answer.TurnId)).Status.Should().Be(TurnStatus.Completed);
    }

    [Fact]
    public async Task Answer_that_cannot_be_stored_reports_it_and_is_stored_later()
    {
        var pause = jarvis.Models.PauseAfter("Here");
        var answer = (await jarvis.SendAsync(new AskChat(jarvis.UserId, Conversation: null, "Hello"))).Value;
        await pause.IsReached;
        jarvis.Outage.Fail(times: 7);

        pause.GoOn();

        (await answer.Completion).Error.Should().Be(ChatErrors.NotStored);
        await Eventually.IsTrueAsync(async () => (await jarvis.TurnAsync(answer.TurnId)).Response == "Here and done", "the answer is stored");
        jarvis.Clock.Waits.Should().Contain(TimeSpan.FromSeconds(5));
        await Eventually.IsTrueAsync(
            () => Task.FromResult(jarvis.Jobs.ReceivedCalls().Any(call => call.GetMethodInfo().Name == nameof(IMemoryJobQueue.EnqueueAsync))),
            "memory is told of it");
    }

    [Fact]
    public async Task Unstored_answer_does_not_block_shutdown_and_can_be_retried()
    {
        var pause = jarvis.Models.PauseAfter("Here");
        var answer = (await jarvis.SendAsync(new AskChat(jarvis.UserId, Conversation: null, "Hello"))).Value;
        await pause.IsReached;
        jarvis.Outage.Fail(times: int.MaxValue);
        pause.GoOn();
        await answer.Completion;
        using var now = new CancellationTokenSource();
        var closing = jarvis.Generator.CloseAsync(now.Token);

        await now.CancelAsync();

        await closing;
        jarvis.Outage.Fail(times: 0);
        await jarvis.SendAsync(new FailAbandonedTurns(ApplicationFixture.Start.AddMinutes(1), ForceBefore: null));
        (await jarvis.SendAsync(new RetryTurn(jarvis.UserId, answer.TurnId))).Error.Should().BeNull();
    }

    [Fact]
    public async Task Answer_of_a_deleted_conversation_is_discarded()
    {
        var pause = jarvis.Models.PauseAfter("Here");
        var answer = (await jarvis.SendAsync(new AskChat(jarvis.UserId, Conversation: null, "Hello"))).Value;
        await pause.IsReached;

        await jarvis.SendAsync(new DeleteConversation(jarvis.UserId, answer.ConversationId, Forget: false));

        (await answer.Completion).Error.Should().Be(ChatErrors.TurnNotFound);
        (await jarvis.DbAsync(db => db.Turns.AnyAsync())).Should().BeFalse();
        await jarvis.Jobs.DidNotReceive().EnqueueAsync(Arg.Any<MemoryJob>(), Arg.Any<CancellationToken>());
    }

    [Fact]
    public async Task Answer_abandoned_by_another_process_is_still_stored()
    {
        var pause = jarvis.Models.PauseAfter("Here");
        var answer = (await jarvis.SendAsync(new AskChat(jarvis.UserId, Conversation: null, "Hello"))).Value;
        await pause.IsReached;
        await jarvis.DbAsync(async db =>
        {
            (await db.Turns.SingleAsync()).Fail(ChatErrors.Abandoned);

            return await db.SaveChangesAsync(CancellationToken.None);
        });

        pause.GoOn();

        (await answer.Completion).Value.Response.Should().Be("Here and done");
        var turn = await jarvis.TurnAsync(answer.TurnId);
        turn.Status.Should().Be(TurnStatus.Completed);
        turn.Failure.Code.Should().BeNull();
    }

    [Fact]
    public async Task Shutdown_waits_for_a_running_answer()
    {
        var pause = jarvis.Models.PauseAfter("Here");
        var answer = (await jarvis.SendAsync(new AskChat(jarvis.UserId, Conversation: null, "Hello"))).Value;
        await pause.IsReached;

        var closing = jarvis.Generator.CloseAsync(CancellationToken.None);

        closing.IsCompleted.Should().BeFalse();
        pause.GoOn();
        await closing;
        (await answer.Completion).Value.Response.Should().Be("Here and done");
    }

    [Fact]
    public async Task Answer_unfinished_at_the_shutdown_deadline_is_abandoned()
    {
        var pause = jarvis.Models.PauseAfter("Here");
        var answer = (await jarvis.SendAsync(new AskChat(jarvis.UserId, Conversation: null, "Hello"))).Value;
        await pause.IsReached;
        using var deadline = new CancellationTokenSource();
        var closing = jarvis.Generator.CloseAsync(deadline.Token);

        await deadline.CancelAsync();

        await closing;
        (await answer.Completion).Error.Should().Be(ChatErrors.Abandoned);
        (await jarvis.TurnAsync(answer.TurnId)).Failure.Code.Should().Be("chat.abandoned");
    }
}
