using Jarvis.Application.Conversations;
using Jarvis.Application.Memories;
using Jarvis.Domain.Common;
using Jarvis.Domain.Conversations;

namespace Jarvis.Application.Tests.Conversations;

public sealed class AnswerGeneratorTests : IAsyncLifetime
{
    private static readonly Error Refusal = new(ErrorKind.UpstreamFailed, "test.broken", $"The model failed.");
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
        (turn.Status, turn.Failure.Code, turn.Failure.Message).Should().Be((TurnStatus.Failed, "test.broken", "The model failed."));
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
        jarvis.Models.Script = (_, _) => throw new OperationCanceledException("an internal timeout");

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
        var promptTokens = jarvis.Models.Requests.Single().Messages.Sum(message => tokens.Count(message.Text));
        (await answer.Completion).Value.UsedTokens.Should().Be(promptTokens + tokens.Count("Hi there"));
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
    public async Task Deleting_the_conversation_stops_its_running_answer()
    {
        var pause = jarvis.Models.PauseAfter("Once ", "upon");
        var answer = (await jarvis.SendAsync(new AskChat(jarvis.UserId, Conversation: null, "Tell me"))).Value;
        await pause.IsReached;

        await jarvis.SendAsync(new DeleteConversation(jarvis.UserId, answer.ConversationId, Forget: true));

        var act = () => answer.Completion.WaitAsync(TimeSpan.FromSeconds(10));
        await act.Should().NotThrowAsync<TimeoutException>();
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

        var stopped = await jarvis.SendAsync(new StopTurn(await jarvis.AddUserAsync(), answer.TurnId));

        stopped.Error.Should().Be(ChatErrors.TurnNotFound);
        pause.Resume();
        (await answer.Completion).Value.Response.Should().Be("Once and done");
    }

    [Fact]
    public async Task Answer_of_another_process_is_stopped_there_only_for_its_owner()
    {
        var pause = jarvis.Models.PauseAfter("Well");
        var answer = (await jarvis.SendAsync(new AskChat(jarvis.UserId, Conversation: null, "Hello"))).Value;
        await pause.IsReached;
        var conversation = Conversation.Start(jarvis.UserId, Platform.Web, "Hello", ApplicationFixture.Start);
        var turnElsewhere = conversation.Ask("Hello", ApplicationFixture.Start);
        await jarvis.SaveAsync(db =>
        {
            db.Conversations.Add(conversation);
            db.Turns.Add(turnElsewhere);
        });

        await jarvis.SendAsync(new StopTurn(jarvis.UserId, answer.TurnId));
        await jarvis.SendAsync(new StopTurn(await jarvis.AddUserAsync(), turnElsewhere.Id));
        jarvis.CancellationBus.DidNotReceiveWithAnyArgs().PublishStop(default);
        await jarvis.SendAsync(new StopTurn(jarvis.UserId, turnElsewhere.Id));

        jarvis.CancellationBus.Received(1).PublishStop(turnElsewhere.Id);
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
    public async Task Shutdown_waits_for_a_running_answer()
    {
        var pause = jarvis.Models.PauseAfter("Here");
        var answer = (await jarvis.SendAsync(new AskChat(jarvis.UserId, Conversation: null, "Hello"))).Value;
        await pause.IsReached;

        var closing = jarvis.Generator.CloseAsync(CancellationToken.None);

        closing.IsCompleted.Should().BeFalse();
        pause.Resume();
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
