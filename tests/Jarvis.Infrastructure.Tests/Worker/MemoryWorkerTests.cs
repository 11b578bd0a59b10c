using System.Data.Common;
using System.Diagnostics.Metrics;
using Jarvis.Application.Common;
using Jarvis.Application.Memories;
using Jarvis.Domain.Common;
using Jarvis.Infrastructure.Persistence;
using Jarvis.Infrastructure.Tests.Queue;
using Jarvis.Testing.Services;
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
    private readonly INotices notices = Substitute.For<INotices>();
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
            services.GetRequiredService<IServiceScopeFactory>(),
            queue,
            new DatabaseFaults(),
            notices,
            health,
            new WorkerMeter(services.GetRequiredService<IMeterFactory>()),
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
    public async Task What_is_left_to_read_goes_to_the_end_of_the_line()
    {
        Extracting().Returns(More, Nothing);

        await WorkOffAsync();
        await WorkOffAsync();

        queue.Ends.Should().Equal("queued", "completed", "completed");
    }

    [Fact]
    public async Task A_model_that_is_down_costs_no_attempt()
    {
        Extracting().Returns(Result<bool>.Failure(new Error(ErrorKind.Unavailable, "model.unavailable", $"Down.")));

        await WorkOffAsync();

        queue.Ends.Should().Equal("model.unavailable free");
    }

    [Fact]
    public async Task Whoever_runs_Jarvis_is_told_of_a_job_that_is_given_up_and_of_no_other()
    {
        Extracting().Returns(Result<bool>.Failure(new Error(ErrorKind.UpstreamFailed, "memory.nonsense", $"Nonsense.")));

        await WorkOffAsync();
        queue.State = new MemoryJobState(MemoryJobPhase.Dead, "memory.nonsense: Nonsense.");
        await WorkOffAsync();

        notices.ReceivedCalls().Should().ContainSingle();
        notices.Received().Tell(Arg.Is<Notice>(notice => notice.Detail!.EndsWith("memory.nonsense", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Bad_output_costs_an_attempt()
    {
        Extracting().Returns(Result<bool>.Failure(QueueOfATest.BadOutput));

        await WorkOffAsync();

        queue.Ends.Should().Equal("memory.bad_output attempt");
    }

    [Fact]
    public async Task A_job_that_was_overtaken_is_read_again_at_once_and_costs_no_attempt()
    {
        Extracting().Returns(Overtaken, Overtaken, Nothing);

        await WorkOffAsync();

        queue.Ends.Should().Equal("completed");
    }

    [Fact]
    public async Task A_job_that_is_overtaken_for_ever_costs_an_attempt()
    {
        Extracting().Returns(Overtaken);

        await WorkOffAsync();

        queue.Ends.Should().Equal("memory.overtaken attempt");
    }

    [Fact]
    public async Task An_exception_costs_an_attempt_and_the_worker_goes_on()
    {
        Extracting().Returns(_ => throw new InvalidOperationException("a bug"), _ => Task.FromResult(Nothing));

        await WorkOffAsync();
        await WorkOffAsync();

        queue.Ends.Should().Equal("memory.unexpected attempt", "completed");
    }

    [Fact]
    public async Task A_database_that_is_away_costs_no_attempt()
    {
        Extracting().ThrowsAsync(new InvalidOperationException("wrapped", new DatabaseAway()));

        await StartAsync();
        queue.Push();
        await Eventually.IsTrueAsync(() => Task.FromResult(health.State == WorkerState.DatabaseUnavailable), "it notices");

        queue.Ends.Should().Equal("memory.database_unavailable free");
        health.IsProgressing.Should().BeFalse();
    }

    [Fact]
    public async Task While_the_database_is_away_it_does_not_run_through_all_jobs_and_goes_on_when_it_is_back()
    {
        Extracting().ThrowsAsync(new DatabaseAway());
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
    public async Task A_lost_lease_stops_the_work_and_the_job_is_left_to_the_other()
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
    public async Task Stopping_lets_the_running_job_finish()
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
    public async Task Stopping_gives_a_job_back_that_does_not_finish_in_time()
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
    public async Task While_Redis_is_away_it_says_so_and_goes_on_when_it_is_back()
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
    public async Task Where_Redis_does_not_hear_that_a_job_is_done_the_worker_goes_on()
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
    public async Task A_loop_that_hangs_is_seen_while_others_turn()
    {
        await StartAsync();
        queue.Push();
        Extracting().Returns(Nothing);
        await Eventually.IsTrueAsync(() => Task.FromResult(queue.Ends.Count == 1 && health.State == WorkerState.Waiting), "it works");
        var other = health.AddLoop();
        other.Turned(WorkerState.Waiting);

        clock.Advance(TimeSpan.FromSeconds(40));
        other.Turned(WorkerState.Waiting);

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

    private sealed class DatabaseAway : DbException
    {
        public override bool IsTransient => true;
    }
}
