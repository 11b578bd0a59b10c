using Jarvis.Application.Conversations;
using Jarvis.Application.Memories;
using Jarvis.Domain.Common;
using Jarvis.Domain.Conversations;
using Microsoft.EntityFrameworkCore;

namespace Jarvis.Application.Tests.Conversations;

public sealed class AnswerStorageTests : IAsyncLifetime
{
    private ApplicationFixture jarvis = null!;

    public async ValueTask InitializeAsync() => jarvis = await ApplicationFixture.StartAsync();

    public ValueTask DisposeAsync() => jarvis.DisposeAsync();

    [Theory]
    [InlineData("a\0b", "a\uFFFDb")]
    [InlineData("a half [high]", "a half \uFFFD")]
    [InlineData("[low] another", "\uFFFD another")]
    [InlineData("whole 🎉", "whole 🎉")]
    public async Task Unstorable_characters_are_replaced(string text, string stored)
    {
        jarvis.Models.Reply(LoneSurrogates.In(text));

        var answer = await jarvis.AskAsync();

        (await answer.Completion).Value.Response.Should().Be(stored);
        (await jarvis.TurnAsync(answer.TurnId)).Response.Should().Be(stored);
    }

    [Fact]
    public async Task Answer_survives_a_short_database_outage()
    {
        var pause = jarvis.Models.PauseAfter("Here");
        var answer = (await jarvis.SendAsync(new AskChat(jarvis.UserId, Conversation: null, "Hello"))).Value;
        await pause.IsReached;
        jarvis.Outage.Fail(times: 2);

        pause.Resume();

        (await answer.Completion).Value.Response.Should().Be("Here and done");
        (await jarvis.TurnAsync(answer.TurnId)).Status.Should().Be(TurnStatus.Completed);
        jarvis.Clock.Delays.Should().Equal(TimeSpan.FromMilliseconds(200), TimeSpan.FromSeconds(1));
    }

    [Fact]
    public async Task Answer_stored_without_confirmation_is_completed()
    {
        var pause = jarvis.Models.PauseAfter("Here");
        var answer = (await jarvis.SendAsync(new AskChat(jarvis.UserId, Conversation: null, "Hello"))).Value;
        await pause.IsReached;
        jarvis.Outage.FailAfterCommit(times: 1);

        pause.Resume();

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

        pause.Resume();

        (await answer.Completion).Error.Should().Be(ChatErrors.NotStored);
        await Eventually.IsTrueAsync(async () => (await jarvis.TurnAsync(answer.TurnId)).Response == "Here and done", "the answer is stored");
        jarvis.Clock.Delays.Should().Contain(TimeSpan.FromSeconds(5));
        await Eventually.IsTrueAsync(
            () => Task.FromResult(jarvis.Jobs.ReceivedCalls().Any(call => call.GetMethodInfo().Name == nameof(IMemoryJobQueue.EnqueueAsync))),
            "the conversation is queued for memory");
    }

    [Fact]
    public async Task Unstored_answer_does_not_block_shutdown_and_can_be_retried()
    {
        var pause = jarvis.Models.PauseAfter("Here");
        var answer = (await jarvis.SendAsync(new AskChat(jarvis.UserId, Conversation: null, "Hello"))).Value;
        await pause.IsReached;
        jarvis.Outage.Fail(times: int.MaxValue);
        pause.Resume();
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

        pause.Resume();

        (await answer.Completion).Value.Response.Should().Be("Here and done");
        var turn = await jarvis.TurnAsync(answer.TurnId);
        turn.Status.Should().Be(TurnStatus.Completed);
        turn.Failure.Code.Should().BeNull();
    }
}
