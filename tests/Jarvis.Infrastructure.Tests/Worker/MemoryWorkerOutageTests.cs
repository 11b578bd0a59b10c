using Jarvis.Worker;
using NSubstitute.ExceptionExtensions;

namespace Jarvis.Infrastructure.Tests.Worker;

public sealed class MemoryWorkerOutageTests : MemoryWorkerTestBase
{
    [Fact]
    public async Task Unavailable_database_costs_no_attempt()
    {
        AnyExtraction().ThrowsAsync(new InvalidOperationException("wrapped", new DatabaseUnavailableException()));

        await StartAsync();
        queue.Push();
        await Eventually.IsTrueAsync(() => Task.FromResult(health.State == WorkerState.DatabaseUnavailable), "the worker detects the outage");

        queue.Outcomes.Should().Equal("memory.database_unavailable free");
        health.IsProgressing.Should().BeFalse();
    }

    [Fact]
    public async Task Worker_pauses_during_database_outage_and_resumes_afterwards()
    {
        AnyExtraction().ThrowsAsync(new DatabaseUnavailableException());
        await StartAsync();
        queue.Push();
        queue.Push();
        await Eventually.IsTrueAsync(() => Task.FromResult(health.State == WorkerState.DatabaseUnavailable), "the worker detects the outage");
        var ends = queue.Outcomes.Count;

        AnyExtraction().Returns(NoTurnsLeft);
        await Eventually.IsTrueAsync(
            () =>
            {
                clock.Advance(TimeSpan.FromSeconds(1));

                return Task.FromResult(queue.Outcomes.Count == 2);
            },
            "the worker resumes");

        ends.Should().Be(1);
        queue.Outcomes.Should().Equal("memory.database_unavailable free", "completed");
    }

    [Fact]
    public async Task Worker_reports_Redis_outage_and_resumes_afterwards()
    {
        AnyExtraction().Returns(NoTurnsLeft);
        queue.Failing = Unavailable;
        await StartAsync();
        await Eventually.IsTrueAsync(() => Task.FromResult(health.State == WorkerState.QueueUnavailable), "the worker detects the outage");
        var progressing = health.IsProgressing;

        queue.Failing = null;
        queue.Push();
        await ResumedAsync();

        progressing.Should().BeFalse();
        queue.Outcomes.Should().Equal("completed");
        health.IsProgressing.Should().BeTrue();
    }

    [Fact]
    public async Task Worker_continues_when_completing_a_job_in_Redis_fails()
    {
        AnyExtraction().Returns(NoTurnsLeft);
        queue.CompletionError = Unavailable;
        await StartAsync();
        queue.Push();
        await Eventually.IsTrueAsync(() => Task.FromResult(health.State == WorkerState.QueueUnavailable), "the worker detects the outage");

        queue.CompletionError = null;
        queue.Push();
        await ResumedAsync();

        queue.Outcomes.Should().Equal("completed");
    }

    [Fact]
    public async Task Stuck_loop_is_detected_while_another_progresses()
    {
        await StartAsync();
        queue.Push();
        AnyExtraction().Returns(NoTurnsLeft);
        await Eventually.IsTrueAsync(() => Task.FromResult(queue.Outcomes.Count == 1 && health.State == WorkerState.Waiting), "the worker runs");
        var other = health.AddLoop();
        other.Report(WorkerState.Waiting);

        clock.Advance(TimeSpan.FromSeconds(40));
        other.Report(WorkerState.Waiting);

        health.State.Should().Be(WorkerState.Waiting);
        health.IsProgressing.Should().BeFalse();
    }

    private Task ResumedAsync() => Eventually.IsTrueAsync(
        () =>
        {
            clock.Advance(TimeSpan.FromSeconds(1));

            return Task.FromResult(queue.Outcomes.Count == 1);
        },
        "the worker resumes");
}
