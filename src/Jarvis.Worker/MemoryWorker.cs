using Jarvis.Application.Memories;
using Jarvis.Domain.Common;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Jarvis.Worker;

/// <summary>Runs the loops that take memory jobs from the queue. On shutdown, running jobs finish or return to the queue within ten seconds.</summary>
internal sealed partial class MemoryWorker(
    IMemoryJobQueue queue,
    MemoryJobProcessor processor,
    WorkerHealth health,
    IOptions<WorkerOptions> options,
    TimeProvider clock,
    ILogger<MemoryWorker> logger) : BackgroundService
{
    // Two of the ten seconds are for returning the job to the queue.
    private static readonly TimeSpan DrainTimeout = TimeSpan.FromSeconds(8);
    private static readonly TimeSpan FirstBackoff = TimeSpan.FromSeconds(0.5);
    private static readonly TimeSpan MaxBackoff = TimeSpan.FromSeconds(15);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var drained = new CancellationTokenSource(Timeout.InfiniteTimeSpan, clock);
        await using var draining = stoppingToken.Register(() => drained.CancelAfter(DrainTimeout));

        await Task.WhenAll(Enumerable.Range(0, options.Value.Workers).Select(_ => LoopAsync(health.AddLoop(), stoppingToken, drained.Token)));
    }

    private async Task LoopAsync(WorkerLoopStatus status, CancellationToken stopping, CancellationToken drained)
    {
        var failures = 0;
        while (!stopping.IsCancellationRequested)
        {
            var (state, cause) = await RunOnceAsync(status, stopping, drained);
            status.Report(state);
            if (state is WorkerState.Waiting)
            {
                failures = 0;
                continue;
            }

            // Log once an outage; the next log entry is a finished job.
            if (failures == 0)
            {
                var isOutage = state == WorkerState.DatabaseUnavailable || cause is MemoryQueueUnavailableException;
                LogPaused(state, isOutage ? null : cause, cause?.GetBaseException().Message);
            }

            await Task.Delay(Backoff.GetDelay(++failures, FirstBackoff, MaxBackoff), clock, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        status.Report(WorkerState.Stopped);
    }

    // Takes one job, or waits a few seconds for one.
    private async Task<(WorkerState State, Exception? Cause)> RunOnceAsync(WorkerLoopStatus status, CancellationToken stopping, CancellationToken drained)
    {
        try
        {
            if (await queue.DequeueAsync(stopping) is { } job)
            {
                status.Report(WorkerState.Working);
                if (await processor.ProcessAsync(job, drained) is { } databaseFailure)
                {
                    return (WorkerState.DatabaseUnavailable, databaseFailure);
                }
            }

            return (WorkerState.Waiting, null);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            return (WorkerState.Waiting, null);
        }
        catch (Exception e)
        {
            return (WorkerState.QueueUnavailable, e);
        }
    }

    // The whole exception is logged only if an outage doesn't explain it.
    [LoggerMessage(LogLevel.Warning, "Worker paused, will retry: {State} ({Reason})")]
    private partial void LogPaused(WorkerState state, Exception? unexplained, string? reason);
}
