using Jarvis.Application.Common;
using Jarvis.Application.Memories;
using Jarvis.Domain.Common;
using Jarvis.Infrastructure.Tests.Redis.Queue;
using Jarvis.Worker;

namespace Jarvis.Infrastructure.Tests.Worker;

public sealed class MemoryWorkerTests : MemoryWorkerTestBase
{
    [Fact]
    public async Task Job_with_unread_turns_left_is_requeued()
    {
        AnyExtraction().Returns(TurnsLeft, NoTurnsLeft);

        await RunJobAsync();
        await RunJobAsync();

        queue.Outcomes.Should().Equal("queued", "completed", "completed");
    }

    [Fact]
    public async Task Unavailable_model_costs_no_attempt()
    {
        AnyExtraction().Returns(Result<bool>.Failure(new Error(ErrorKind.Unavailable, "model.unavailable", $"Down.")));

        await RunJobAsync();

        queue.Outcomes.Should().Equal("model.unavailable free");
    }

    [Fact]
    public async Task Administrator_is_notified_only_of_a_dead_lettered_job()
    {
        AnyExtraction().Returns(Result<bool>.Failure(new Error(ErrorKind.UpstreamFailed, "memory.nonsense", $"Nonsense.")));

        await RunJobAsync();
        queue.State = new MemoryJobState(MemoryJobPhase.Dead, "memory.nonsense: Nonsense.");
        await RunJobAsync();

        notifier.ReceivedCalls().Should().ContainSingle();
        notifier.Received().Notify(Arg.Is<AdminNotification>(notice => notice.Detail!.EndsWith("memory.nonsense", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Bad_output_costs_an_attempt()
    {
        AnyExtraction().Returns(Result<bool>.Failure(QueueFixture.BadOutput));

        await RunJobAsync();

        queue.Outcomes.Should().Equal("memory.bad_output attempt");
    }

    [Fact]
    public async Task Conflict_is_retried_immediately_and_costs_no_attempt()
    {
        AnyExtraction().Returns(Conflict, Conflict, NoTurnsLeft);

        await RunJobAsync();

        queue.Outcomes.Should().Equal("completed");
    }

    [Fact]
    public async Task Permanent_conflict_costs_an_attempt()
    {
        AnyExtraction().Returns(Conflict);

        await RunJobAsync();

        queue.Outcomes.Should().Equal("memory.overtaken attempt");
    }

    [Fact]
    public async Task Exception_costs_an_attempt_and_the_worker_continues()
    {
        AnyExtraction().Returns(_ => throw new InvalidOperationException("a bug"), _ => Task.FromResult(NoTurnsLeft));

        await RunJobAsync();
        await RunJobAsync();

        queue.Outcomes.Should().Equal("memory.unexpected attempt", "completed");
    }

    [Fact]
    public async Task Lost_lease_cancels_the_work_and_leaves_the_job_untouched()
    {
        using var lost = new CancellationTokenSource();
        MakeExtractionHang();
        await StartAsync();
        queue.Push(lost.Token);
        await Eventually.IsTrueAsync(() => Task.FromResult(health.State == WorkerState.Working), "the worker runs");

        await lost.CancelAsync();

        await Eventually.IsTrueAsync(() => Task.FromResult(health.State == WorkerState.Waiting), "the worker stops the job");
        queue.Outcomes.Should().BeEmpty();
    }

    [Fact]
    public async Task Shutdown_lets_the_running_job_finish()
    {
        var extracted = new TaskCompletionSource<Result<bool>>();
        AnyExtraction().Returns(extracted.Task);
        await StartAsync();
        queue.Push();
        await Eventually.IsTrueAsync(() => Task.FromResult(health.State == WorkerState.Working), "the worker runs");

        var stopping = worker.StopAsync(CancellationToken.None);
        extracted.SetResult(NoTurnsLeft);
        await stopping.WaitAsync(Deadline);

        queue.Outcomes.Should().Equal("completed");
    }

    [Fact]
    public async Task Shutdown_returns_a_job_that_does_not_finish_in_time()
    {
        MakeExtractionHang();
        await StartAsync();
        queue.Push();
        await Eventually.IsTrueAsync(() => Task.FromResult(health.State == WorkerState.Working), "the worker runs");

        var stopping = worker.StopAsync(CancellationToken.None);
        clock.Advance(TimeSpan.FromSeconds(8));
        await stopping.WaitAsync(Deadline);

        queue.Outcomes.Should().Equal("memory.worker_stopping free");
        health.State.Should().Be(WorkerState.Stopped);
    }
}
