using Jarvis.Application.Conversations;
using Jarvis.Application.Memories;
using Jarvis.Domain.Common;
using Jarvis.Domain.Conversations;
using Jarvis.Testing.Services;
using Microsoft.EntityFrameworkCore;
using NSubstitute;

namespace Jarvis.Application.Tests.Conversations;

public sealed class AnswerDeskTests : IAsyncLifetime
{
    private static readonly Error Refusal = new(ErrorKind.UpstreamFailed, "test.broken", $"The model broke off.");

    private UseCases jarvis = null!;

    public async ValueTask InitializeAsync() => jarvis = await UseCases.StartAsync();

    public ValueTask DisposeAsync() => jarvis.DisposeAsync();

    [Fact]
    public async Task A_model_that_fails_leaves_a_failed_turn_with_its_reason()
    {
        jarvis.Models.Fail(Refusal, "half of an ans");

        var answer = await jarvis.AskAsync();

        (await answer.Completion).Error.Should().Be(Refusal);
        var turn = await jarvis.TurnAsync(answer.TurnId);
        (turn.Status, turn.FailureCode, turn.FailureMessage).Should().Be((TurnStatus.Failed, "test.broken", "The model broke off."));
    }

    [Fact]
    public async Task A_failed_turn_is_nothing_for_memory()
    {
        await jarvis.FailAsync();

        await jarvis.Jobs.DidNotReceive().EnqueueAsync(Arg.Any<MemoryJob>(), Arg.Any<CancellationToken>());
    }

    [Fact]
    public async Task A_model_that_throws_leaves_a_failed_turn()
    {
        jarvis.Models.Script = (_, _) => throw new InvalidOperationException("a bug");

        var answer = await jarvis.AskAsync();

        (await answer.Completion).Error.Should().Be(ChatErrors.Unexpected);
        (await jarvis.TurnAsync(answer.TurnId)).Status.Should().Be(TurnStatus.Failed);
    }

    [Fact]
    public async Task A_model_that_is_cancelled_by_itself_leaves_a_failed_turn()
    {
        jarvis.Models.Script = (_, _) => throw new OperationCanceledException("a time limit of its own");

        var answer = await jarvis.AskAsync();

        (await answer.Completion).Error.Should().Be(ChatErrors.Unexpected);
    }

    [Fact]
    public async Task An_answer_without_an_end_is_no_answer()
    {
        jarvis.Models.Do(new ModelEvent.Text("And then"));

        var answer = await jarvis.AskAsync();

        (await answer.Completion).Error.Should().Be(ChatErrors.Unexpected);
        (await jarvis.TurnAsync(answer.TurnId)).Status.Should().Be(TurnStatus.Failed);
    }

    [Fact]
    public async Task Tokens_are_counted_where_the_provider_did_not_say()
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
    public async Task What_no_database_can_store_is_replaced(string said, string stored)
    {
        jarvis.Models.Say(Halves.In(said));

        var answer = await jarvis.AskAsync();

        (await answer.Completion).Value.Response.Should().Be(stored);
        (await jarvis.TurnAsync(answer.TurnId)).Response.Should().Be(stored);
    }

    [Fact]
    public async Task Stopping_keeps_what_was_said()
    {
        var pause = jarvis.Models.PauseAfter("Once ", "upon");
        var answer = (await jarvis.SendAsync(new AskChat(jarvis.Person, Conversation: null, "Tell me"))).Value;
        await pause.IsReached;

        await jarvis.SendAsync(new StopTurn(jarvis.Person, answer.TurnId));

        (await answer.Completion).Value.Response.Should().Be("Once upon");
        (await jarvis.TurnAsync(answer.TurnId)).Status.Should().Be(TurnStatus.Completed);
    }

    [Fact]
    public async Task Stopping_before_a_word_was_said_leaves_a_turn_to_try_again()
    {
        var pause = jarvis.Models.PauseAfter();
        var answer = (await jarvis.SendAsync(new AskChat(jarvis.Person, Conversation: null, "Tell me"))).Value;
        await pause.IsReached;

        await jarvis.SendAsync(new StopTurn(jarvis.Person, answer.TurnId));

        (await answer.Completion).Error.Should().Be(ChatErrors.Stopped);
        (await jarvis.TurnAsync(answer.TurnId)).FailureCode.Should().Be("chat.stopped");
    }

    [Fact]
    public async Task Nobody_stops_anothers_answer()
    {
        var pause = jarvis.Models.PauseAfter("Once");
        var answer = (await jarvis.SendAsync(new AskChat(jarvis.Person, Conversation: null, "Tell me"))).Value;
        await pause.IsReached;

        var stopped = await jarvis.SendAsync(new StopTurn(await jarvis.AddPersonAsync(), answer.TurnId));

        stopped.Error.Should().Be(ChatErrors.TurnNotFound);
        pause.GoOn();
        (await answer.Completion).Value.Response.Should().Be("Once and done");
    }

    [Fact]
    public async Task What_is_not_written_here_is_stopped_elsewhere_for_its_owner_only()
    {
        var here = jarvis.Models.PauseAfter("Well");
        var answer = (await jarvis.SendAsync(new AskChat(jarvis.Person, Conversation: null, "Hello"))).Value;
        await here.IsReached;
        var conversation = Conversation.Begin(jarvis.Person, Platform.Web, "Hello", UseCases.Start);
        var anothers = conversation.Ask("Hello", UseCases.Start);
        await jarvis.SaveAsync(db =>
        {
            db.Conversations.Add(conversation);
            db.Turns.Add(anothers);
        });

        await jarvis.SendAsync(new StopTurn(jarvis.Person, answer.TurnId));
        await jarvis.SendAsync(new StopTurn(await jarvis.AddPersonAsync(), anothers.Id));
        jarvis.Elsewhere.DidNotReceiveWithAnyArgs().Stop(default);
        await jarvis.SendAsync(new StopTurn(jarvis.Person, anothers.Id));

        jarvis.Elsewhere.Received(1).Stop(anothers.Id);
    }

    [Fact]
    public async Task Stopping_what_is_done_changes_nothing_and_reaches_nobody_who_may_have_tried_it_again()
    {
        var answer = await jarvis.AskAsync();

        var stopped = await jarvis.SendAsync(new StopTurn(jarvis.Person, answer.TurnId));

        stopped.Error.Should().BeNull();
        (await jarvis.TurnAsync(answer.TurnId)).Response.Should().Be("Hi");
        jarvis.Elsewhere.DidNotReceiveWithAnyArgs().Stop(default);
    }

    [Fact]
    public async Task An_answer_outlives_a_short_outage_of_the_database()
    {
        var pause = jarvis.Models.PauseAfter("Here");
        var answer = (await jarvis.SendAsync(new AskChat(jarvis.Person, Conversation: null, "Hello"))).Value;
        await pause.IsReached;
        jarvis.Outage.Fail(times: 2);

        pause.GoOn();

        (await answer.Completion).Value.Response.Should().Be("Here and done");
        (await jarvis.TurnAsync(answer.TurnId)).Status.Should().Be(TurnStatus.Completed);
        jarvis.Clock.Waits.Should().Equal(TimeSpan.FromMilliseconds(200), TimeSpan.FromSeconds(1));
    }

    [Fact]
    public async Task An_answer_that_was_stored_without_a_confirmation_is_an_answer()
    {
        var pause = jarvis.Models.PauseAfter("Here");
        var answer = (await jarvis.SendAsync(new AskChat(jarvis.Person, Conversation: null, "Hello"))).Value;
        await pause.IsReached;
        jarvis.Outage.StayUnconfirmed(times: 1);

        pause.GoOn();

        (await answer.Completion).Value.Response.Should().Be("Here and done");
        (await jarvis.TurnAsync(answer.TurnId)).Status.Should().Be(TurnStatus.Completed);
    }

    [Fact]
    public async Task An_answer_that_cannot_be_stored_yet_says_so_and_is_stored_as_soon_as_it_can()
    {
        var pause = jarvis.Models.PauseAfter("Here");
        var answer = (await jarvis.SendAsync(new AskChat(jarvis.Person, Conversation: null, "Hello"))).Value;
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
    public async Task An_answer_that_cannot_be_stored_does_not_keep_Jarvis_from_stopping_and_can_be_asked_again()
    {
        var pause = jarvis.Models.PauseAfter("Here");
        var answer = (await jarvis.SendAsync(new AskChat(jarvis.Person, Conversation: null, "Hello"))).Value;
        await pause.IsReached;
        jarvis.Outage.Fail(times: int.MaxValue);
        pause.GoOn();
        await answer.Completion;
        using var now = new CancellationTokenSource();
        var closing = jarvis.Desk.CloseAsync(now.Token);

        await now.CancelAsync();

        await closing;
        jarvis.Outage.Fail(times: 0);
        await jarvis.SendAsync(new FailAbandonedTurns(UseCases.Start.AddMinutes(1), SurelyBefore: null));
        (await jarvis.SendAsync(new RetryTurn(jarvis.Person, answer.TurnId))).Error.Should().BeNull();
    }

    [Fact]
    public async Task An_answer_to_a_deleted_conversation_goes_with_it()
    {
        var pause = jarvis.Models.PauseAfter("Here");
        var answer = (await jarvis.SendAsync(new AskChat(jarvis.Person, Conversation: null, "Hello"))).Value;
        await pause.IsReached;

        await jarvis.SendAsync(new DeleteConversation(jarvis.Person, answer.ConversationId, Forget: false));

        (await answer.Completion).Error.Should().Be(ChatErrors.TurnNotFound);
        (await jarvis.DbAsync(db => db.Turns.AnyAsync())).Should().BeFalse();
        await jarvis.Jobs.DidNotReceive().EnqueueAsync(Arg.Any<MemoryJob>(), Arg.Any<CancellationToken>());
    }

    [Fact]
    public async Task An_answer_that_another_process_gave_up_is_stored_when_it_comes()
    {
        var pause = jarvis.Models.PauseAfter("Here");
        var answer = (await jarvis.SendAsync(new AskChat(jarvis.Person, Conversation: null, "Hello"))).Value;
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
        turn.FailureCode.Should().BeNull();
    }

    [Fact]
    public async Task An_answer_may_finish_before_Jarvis_stops()
    {
        var pause = jarvis.Models.PauseAfter("Here");
        var answer = (await jarvis.SendAsync(new AskChat(jarvis.Person, Conversation: null, "Hello"))).Value;
        await pause.IsReached;

        var closing = jarvis.Desk.CloseAsync(CancellationToken.None);

        closing.IsCompleted.Should().BeFalse();
        pause.GoOn();
        await closing;
        (await answer.Completion).Value.Response.Should().Be("Here and done");
    }

    [Fact]
    public async Task An_answer_that_takes_too_long_for_the_stop_is_left_to_be_tried_again()
    {
        var pause = jarvis.Models.PauseAfter("Here");
        var answer = (await jarvis.SendAsync(new AskChat(jarvis.Person, Conversation: null, "Hello"))).Value;
        await pause.IsReached;
        using var deadline = new CancellationTokenSource();
        var closing = jarvis.Desk.CloseAsync(deadline.Token);

        await deadline.CancelAsync();

        await closing;
        (await answer.Completion).Error.Should().Be(ChatErrors.Abandoned);
        (await jarvis.TurnAsync(answer.TurnId)).FailureCode.Should().Be("chat.abandoned");
    }
}
