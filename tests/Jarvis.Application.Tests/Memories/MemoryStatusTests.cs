using Jarvis.Application.Common;
using Jarvis.Application.Conversations;
using Jarvis.Application.Memories;
using Jarvis.Domain.Common;
using Jarvis.Domain.Conversations;
using Jarvis.Domain.Memories;
using Microsoft.EntityFrameworkCore;

namespace Jarvis.Application.Tests.Memories;

[Trait("Engine", "both")]
public sealed class MemoryStatusTests : IAsyncLifetime
{
    private ApplicationFixture jarvis = null!;

    public async ValueTask InitializeAsync() => jarvis = await ApplicationFixture.StartAsync();

    public ValueTask DisposeAsync() => jarvis.DisposeAsync();

    [Theory]
    [InlineData(MemoryJobPhase.Queued, MemoryState.Queued)]
    [InlineData(MemoryJobPhase.Running, MemoryState.Running)]
    [InlineData(MemoryJobPhase.Retrying, MemoryState.Retrying)]
    [InlineData(MemoryJobPhase.Dead, MemoryState.Failed)]
    public async Task Status_reports_the_state_and_error_of_the_job(MemoryJobPhase phase, MemoryState state)
    {
        var answer = await jarvis.AskAsync();
        jarvis.Jobs.FindAsync(new MemoryJob(jarvis.UserId, answer.ConversationId), Arg.Any<CancellationToken>())
            .Returns(new MemoryJobState(phase, "memory.unavailable: The model at X is unavailable.", ["X"]));

        var status = await jarvis.SendAsync(new GetMemoryStatus(jarvis.UserId, answer.ConversationId));

        (status.Value.State, status.Value.TurnsBehind, status.Value.Extractor).Should().Be((state, 1, "heuristic"));
        status.Value.LastError.Should().BeEquivalentTo(new MemoryFailure("memory.unavailable", "The model at X is unavailable.", ["X"]));
    }

    [Fact]
    public async Task Status_without_a_job_is_queued_until_turns_are_read_then_idle()
    {
        var answer = await jarvis.AskAsync();

        var pending = await jarvis.SendAsync(new GetMemoryStatus(jarvis.UserId, answer.ConversationId));
        await MarkRememberedAsync(answer.TurnId);
        var caughtUp = await jarvis.SendAsync(new GetMemoryStatus(jarvis.UserId, answer.ConversationId));

        (pending.Value.State, pending.Value.TurnsBehind).Should().Be((MemoryState.Queued, 1));
        (caughtUp.Value.State, caughtUp.Value.TurnsBehind).Should().Be((MemoryState.Idle, 0));
    }

    [Fact]
    public async Task Failed_turn_is_not_pending_for_memory()
    {
        var failed = await jarvis.FailAsync();

        var status = await jarvis.SendAsync(new GetMemoryStatus(jarvis.UserId, failed.ConversationId));

        (status.Value.State, status.Value.TurnsBehind).Should().Be((MemoryState.Idle, 0));
    }

    [Fact]
    public async Task Other_users_conversation_shows_no_status_and_allows_no_retry()
    {
        var answer = await jarvis.AskAsync();
        var other = await jarvis.AddUserAsync();

        (await jarvis.SendAsync(new GetMemoryStatus(other, answer.ConversationId))).Error.Should().Be(CommonErrors.ConversationNotFound);
        (await jarvis.SendAsync(new RetryMemory(other, answer.ConversationId))).Error.Should().Be(CommonErrors.ConversationNotFound);
        await jarvis.Jobs.DidNotReceive().RetryAsync(Arg.Any<MemoryJob>(), Arg.Any<CancellationToken>());
    }

    [Fact]
    public async Task Retry_requeues_the_memory_job_of_a_conversation()
    {
        var answer = await jarvis.AskAsync();

        var retried = await jarvis.SendAsync(new RetryMemory(jarvis.UserId, answer.ConversationId));

        retried.Error.Should().BeNull();
        await jarvis.Jobs.Received().RetryAsync(new MemoryJob(jarvis.UserId, answer.ConversationId), Arg.Any<CancellationToken>());
    }

    [Fact]
    public async Task Sweep_queues_each_conversation_with_unread_turns_once()
    {
        var pending = await jarvis.AskAsync();
        await jarvis.AskAsync("More", pending.ConversationId);
        await MarkRememberedAsync((await jarvis.AskAsync("Done")).TurnId);
        await jarvis.FailAsync();
        var swept = jarvis.Clock.GetUtcNow();
        await jarvis.AskAsync("Just now");
        jarvis.Jobs.ClearReceivedCalls();

        var queued = await jarvis.SendAsync(new EnqueuePendingConversations(swept));

        queued.Value.Should().Be(1);
        await jarvis.Jobs.Received(1).EnqueueAsync(new MemoryJob(jarvis.UserId, pending.ConversationId), Arg.Any<CancellationToken>());
        await jarvis.Jobs.ReceivedWithAnyArgs(1).EnqueueAsync(default!, default);
    }

    [Fact]
    public async Task Sweep_queues_a_conversation_whose_summary_needs_a_rebuild()
    {
        var answer = await jarvis.AskAsync("I live in Bern");
        var item = await jarvis.LearnAsync(answer, "I live in Bern");
        await MarkRememberedAsync(answer.TurnId);
        await jarvis.SaveAsync(db => db.ConversationSummaries.Add(ConversationSummary.Create(answer.ConversationId, jarvis.UserId, ApplicationFixture.Start)));
        await jarvis.SendAsync(new ForgetMemory(jarvis.UserId, item.Id));
        jarvis.Jobs.ClearReceivedCalls();

        var queued = await jarvis.SendAsync(new EnqueuePendingConversations(jarvis.Clock.GetUtcNow()));

        queued.Value.Should().Be(1);
        await jarvis.Jobs.Received(1).EnqueueAsync(new MemoryJob(jarvis.UserId, answer.ConversationId), Arg.Any<CancellationToken>());
    }

    [Fact]
    public async Task Chat_without_memory_is_reported_idle_and_never_queued()
    {
        var answer = (await jarvis.SendAsync(new AskChat(jarvis.UserId, Conversation: null, "I live in Bern", Memory: false))).Value;
        await answer.Completion;
        jarvis.Clock.Advance(TimeSpan.FromMinutes(5));

        var status = (await jarvis.SendAsync(new GetMemoryStatus(jarvis.UserId, answer.ConversationId))).Value;
        var queued = await jarvis.SendAsync(new EnqueuePendingConversations(jarvis.Clock.GetUtcNow()));

        (status.State, status.TurnsBehind, status.WithoutMemory).Should().Be((MemoryState.Idle, 0, true));
        queued.Value.Should().Be(0);
        await jarvis.Jobs.DidNotReceiveWithAnyArgs().EnqueueAsync(default!, default);
    }

    private Task<int> MarkRememberedAsync(TurnId id) => jarvis.DbAsync(async db =>
    {
        (await db.Turns.SingleAsync(turn => turn.Id == id)).Remember(ApplicationFixture.Start);

        return await db.SaveChangesAsync(CancellationToken.None);
    });
}
