using System.Data.Common;
using System.Diagnostics.Metrics;
using Jarvis.Application.Common;
using Jarvis.Application.Memories;
using Jarvis.Domain.Common;
using Jarvis.Infrastructure.Persistence;
using Jarvis.Infrastructure.Tests.Redis.Queue;
using Jarvis.TestSupport.Services;
using Jarvis.Worker;
using MediatR;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using NSubstitute;
using NSubstitute.ExceptionExtensions;

namespace Jarvis.Infrastructure.Tests.Worker;

public sealed class MemoryWorkerTests : IAsyncDisposable
{
    private static readonly MemoryQueueUnavailableException Away = new("away", new TimeoutException());

    // For what would otherwise wait for ever where the code is broken.
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(20);

    private readonly IMediator mediator = Substitute.For<IMediator>();
    private readonly IAdminNotifier notices = Substitute.For<IAdminNotifier>();
    private readonly ScriptedQueue queue = new();
    private readonly FakeTimeProvider clock = new();
    private readonly ServiceProvider services;
    private readonly WorkerHealth health;
    private readonly MemoryWorker worker;

    public MemoryWorkerTests()
    {
        mediator.Send(Arg.Any<RebuildSummary>(), Arg.Any<CancellationToken>()).Returns(Result.Ok);
        services = new ServiceCollection().AddMetrics().AddScoped(_ => mediator).BuildServiceProvider();
        health = new WorkerHealth(clock);
        worker = new MemoryWorker(
            queue,
            new MemoryJobProcessor(
                services.GetRequiredService<IServiceScopeFactory>(),
                queue,
                new DatabaseErrorClassifier(),
                notices,
                new WorkerMetrics(services.GetRequiredService<IMeterFactory>()),
                clock,
                NullLogger<MemoryJobProcessor>.Instance),
            health,
            Options.Create(new WorkerOptions { Workers = 1 }),
            clock,
            NullLogger<MemoryWorker>.Instance);
    }

    public async ValueTask DisposeAsync()
    {
        using var inTime = new CancellationTokenSource(Deadline);
        await worker.StopAsync(inTime.Token);
        worker.Dispose();
        await services.DisposeAsync();
    }

    [Fact]
    public async Task Job_with_unread_turns_left_is_requeued()
    {
        Extracting().Returns(More, Nothing);

        await WorkOffAsync();
        await WorkOffAsync();

        queue.Ends.Should().Equal("queued", "completed", "completed");
    }

    [Fact]
    public async Task Unavailable_model_costs_no_attempt()
    {
        Extracting().Returns(Result<bool>.Failure(new Error(ErrorKind.Unavailable, "model.unavailable", $"Down.")));

        await WorkOffAsync();

        queue.Ends.Should().Equal("model.unavailable free");
    }

    [Fact]
    public async Task Administrator_is_notified_only_of_a_dead_lettered_job()
    {
        Extracting().Returns(Result<bool>.Failure(new Error(ErrorKind.UpstreamFailed, "memory.nonsense", $"Nonsense.")));

        await WorkOffAsync();
        queue.State = new MemoryJobState(MemoryJobPhase.Dead, "memory.nonsense: Nonsense.");
        await WorkOffAsync();

        notices.ReceivedCalls().Should().ContainSingle();
        notices.Received().Notify(Arg.Is<AdminNotification>(notice => notice.Detail!.EndsWith("memory.nonsense", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Bad_output_costs_an_attempt()
    {
        Extracting().Returns(Result<bool>.Failure(QueueFixture.BadOutput));

        await WorkOffAsync();

        queue.Ends.Should().Equal("memory.bad_output attempt");
    }

    [Fact]
    public async Task Conflict_is_retried_at_once_and_costs_no_attempt()
    {
        Extracting().Returns(Overtaken, Overtaken, Nothing);

        await WorkOffAsync();

        queue.Ends.Should().Equal("completed");
    }

    [Fact]
    public async Task Permanent_conflict_costs_an_attempt()
    {
        Extracting().Returns(Overtaken);

        await WorkOffAsync();

        queue.Ends.Should().Equal("memory.overtaken attempt");
    }

    [Fact]
    public async Task Exception_costs_an_attempt_and_the_worker_continues()
    {
        Extracting().Returns(_ => throw new InvalidOperationException("a bug"), _ => Task.FromResult(Nothing));

        await WorkOffAsync();
        await WorkOffAsync();

        queue.Ends.Should().Equal("memory.unexpected attempt", "completed");
    }

    [Fact]
    public async Task Unavailable_database_costs_no_attempt()
    {
        Extracting().ThrowsAsync(new InvalidOperationException("wrapped", new DatabaseUnavailableException()));

        await StartAsync();
        queue.Push();
        await Eventually.IsTrueAsync(() => Task.FromResult(health.State == WorkerState.DatabaseUnavailable), "it notices");

        queue.Ends.Should().Equal("memory.database_unavailable free");
        health.IsProgressing.Should().BeFalse();
    }

    [Fact]
    public async Task Worker_pauses_during_database_outage_and_resumes_afterwards()
    {
        Extracting().ThrowsAsync(new DatabaseUnavailableException());
        await StartAsync();
        queue.Push();
        queue.Push();
        await Eventually.IsTrueAsync(() => Task.FromResult(health.State == WorkerState.DatabaseUnavailable), "it notices");
        var ends = queue.Ends.Count;

        Extracting().Returns(Nothing);
        await Eventually.IsTrueAsync(
            () =>
            {
                clock.Advance(TimeSpan.FromSeconds(1));

                return Task.FromResult(queue.Ends.Count == 2);
            },
            "it works again");

        ends.Should().Be(1);
        queue.Ends.Should().Equal("memory.database_unavailable free", "completed");
    }

    [Fact]
    public async Task Lost_lease_cancels_the_work_and_leaves_the_job_untouched()
    {
        using var lost = new CancellationTokenSource();
        ExtractingHangs();
        await StartAsync();
        queue.Push(lost.Token);
        await Eventually.IsTrueAsync(() => Task.FromResult(health.State == WorkerState.Working), "it works");

        await lost.CancelAsync();

        await Eventually.IsTrueAsync(() => Task.FromResult(health.State == WorkerState.Waiting), "it stopped");
        queue.Ends.Should().BeEmpty();
    }

    [Fact]
    public async Task Shutdown_lets_the_running_job_finish()
    {
        var extracted = new TaskCompletionSource<Result<bool>>();
        Extracting().Returns(extracted.Task);
        await StartAsync();
        queue.Push();
        await Eventually.IsTrueAsync(() => Task.FromResult(health.State == WorkerState.Working), "it works");

        var stopping = worker.StopAsync(CancellationToken.None);
        extracted.SetResult(Nothing);
        await stopping.WaitAsync(Deadline);

        queue.Ends.Should().Equal("completed");
    }

    [Fact]
    public async Task Shutdown_returns_a_job_that_does_not_finish_in_time()
    {
        ExtractingHangs();
        await StartAsync();
        queue.Push();
        await Eventually.IsTrueAsync(() => Task.FromResult(health.State == WorkerState.Working), "it works");

        var stopping = worker.StopAsync(CancellationToken.None);
        clock.Advance(TimeSpan.FromSeconds(8));
        await stopping.WaitAsync(Deadline);

        queue.Ends.Should().Equal("memory.worker_stopping free");
        health.State.Should().Be(WorkerState.Stopped);
    }

    [Fact]
    public async Task Worker_reports_Redis_outage_and_resumes_afterwards()
    {
        Extracting().Returns(Nothing);
        queue.Failing = Away;
        await StartAsync();
        await Eventually.IsTrueAsync(() => Task.FromResult(health.State == WorkerState.QueueUnavailable), "it notices");
        var progressing = health.IsProgressing;

        queue.Failing = null;
        queue.Push();
        await Eventually.IsTrueAsync(
            () =>
            {
                clock.Advance(TimeSpan.FromSeconds(1));

                return Task.FromResult(queue.Ends.Count == 1);
            },
            "it works again");

        progressing.Should().BeFalse();
        queue.Ends.Should().Equal("completed");
        health.IsProgressing.Should().BeTrue();
    }

    [Fact]
    public async Task Worker_continues_when_completing_a_job_in_Redis_fails()
    {
        Extracting().Returns(Nothing);
        queue.FailingToEnd = Away;
        await StartAsync();
        queue.Push();
        await Eventually.IsTrueAsync(() => Task.FromResult(health.State == WorkerState.QueueUnavailable), "it notices");

        queue.FailingToEnd = null;
        queue.Push();
        await Eventually.IsTrueAsync(
            () =>
            {
                clock.Advance(TimeSpan.FromSeconds(1));

                return Task.FromResult(queue.Ends.Count == 1);
            },
            "it works again");

        queue.Ends.Should().Equal("completed");
    }

    [Fact]
    public async Task Stuck_loop_is_detected_while_another_progresses()
    {
        await StartAsync();
        queue.Push();
        Extracting().Returns(Nothing);
        await Eventually.IsTrueAsync(() => Task.FromResult(queue.Ends.Count == 1 && health.State == WorkerState.Waiting), "it works");
        var other = health.AddLoop();
        other.Report(WorkerState.Waiting);

        clock.Advance(TimeSpan.FromSeconds(40));
        other.Report(WorkerState.Waiting);

        health.State.Should().Be(WorkerState.Waiting);
        health.IsProgressing.Should().BeFalse();
    }

    private static Result<bool> More => true;

    private static Result<bool> Overtaken => new Error(ErrorKind.Conflict, "memory.overtaken", $"Overtaken.");

    private static Result<bool> Nothing => false;

    private Task<Result<bool>> Extracting() => mediator.Send(Arg.Any<ExtractMemory>(), Arg.Any<CancellationToken>());

    private void ExtractingHangs() => Extracting().Returns(async call =>
    {
        await Task.Delay(Timeout.Infinite, call.Arg<CancellationToken>());

        return Nothing;
    });

    private Task StartAsync() => worker.ExecuteTask is null ? worker.StartAsync(CancellationToken.None) : Task.CompletedTask;

    private async Task WorkOffAsync()
    {
        await StartAsync();
        var ended = queue.Ends.Count;
        queue.Push();
        await Eventually.IsTrueAsync(() => Task.FromResult(queue.Ends.Count > ended && health.State == WorkerState.Waiting), "the job ends");
    }

    private sealed class DatabaseUnavailableException : DbException
    {
        public override bool IsTransient => true;
    }
}
