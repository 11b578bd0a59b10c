using Jarvis.Application.Common;
using Jarvis.Application.Memories;
using Jarvis.Domain.Common;
using MediatR;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Jarvis.Worker;

/// <summary>Works off the memory jobs, some at a time. When it is stopped, what runs finishes or goes back within ten seconds.</summary>
internal sealed partial class MemoryWorker(
    IServiceScopeFactory scopes,
    IMemoryJobQueue queue,
    IDatabaseErrorClassifier faults,
    IAdminNotifier notices,
    WorkerHealth health,
    WorkerMetrics meter,
    IOptions<WorkerOptions> options,
    TimeProvider clock,
    ILogger<MemoryWorker> logger) : BackgroundService
{
    // Somebody forgets or deletes while it is read: that is seldom, and never so often.
    private const int MaxConflicts = 3;

    // Two of the ten seconds are for giving the job back.
    private static readonly TimeSpan DrainTimeout = TimeSpan.FromSeconds(8);
    private static readonly TimeSpan ReturnTimeout = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan MaxBackoff = TimeSpan.FromSeconds(15);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var drained = new CancellationTokenSource(Timeout.InfiniteTimeSpan, clock);
        await using var draining = stoppingToken.Register(() => drained.CancelAfter(DrainTimeout));

        await Task.WhenAll(Enumerable.Range(0, options.Value.Workers).Select(_ => LoopAsync(health.AddLoop(), stoppingToken, drained.Token)));
    }

    private async Task LoopAsync(WorkerLoopStatus progress, CancellationToken stopping, CancellationToken drained)
    {
        // The host's start goes on at once.
        await Task.Yield();
        var failures = 0;
        while (!stopping.IsCancellationRequested)
        {
            var (state, cause) = await RunOnceAsync(progress, stopping, drained);
            progress.Report(state);
            if (state is WorkerState.Waiting)
            {
                failures = 0;
                continue;
            }

            // Once an outage: the next that is heard of it is that jobs are done.
            if (failures == 0)
            {
                var explained = state == WorkerState.DatabaseUnavailable || cause is MemoryQueueUnavailableException;
                LogPaused(state, explained ? null : cause, cause?.GetBaseException().Message);
            }

            await BackOffAsync(failures++, stopping);
        }

        progress.Report(WorkerState.Stopped);
    }

    // One job, or some seconds without any.
    private async Task<(WorkerState State, Exception? Cause)> RunOnceAsync(WorkerLoopStatus progress, CancellationToken stopping, CancellationToken drained)
    {
        try
        {
            if (await queue.DequeueAsync(stopping) is { } leased)
            {
                progress.Report(WorkerState.Working);
                if (await ProcessAsync(leased, drained) is { } databaseAway)
                {
                    return (WorkerState.DatabaseUnavailable, databaseAway);
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

    // Gives the exception of a database that is away: until it is back, the next job would fare no better.
    private async Task<Exception?> ProcessAsync(LeasedJob leased, CancellationToken drained)
    {
        var began = clock.GetTimestamp();
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(leased.Lost, drained);
        var (refused, databaseAway) = await TryExtractAsync(leased, ended.Token);
        var lost = leased.Lost.IsCancellationRequested;
        meter.Ended(clock.GetElapsedTime(began), lost ? "lost" : refused?.Code ?? "ok");
        if (lost)
        {
            // Nothing to give back: another may have it by now.
            LogLost(leased.Job.Conversation.Value);

            return databaseAway;
        }

        using var inTime = new CancellationTokenSource(ReturnTimeout, clock);
        if (refused is null)
        {
            await queue.CompleteAsync(leased, inTime.Token);
        }
        else
        {
            LogReturned(leased.Job.Conversation.Value, refused.Code);
            meter.Retried(refused.Code);
            await queue.ReturnAsync(leased, refused, costsAttempt: refused.Kind != ErrorKind.Unavailable, inTime.Token);
            await NotifyIfDeadLettered(leased.Job, refused, inTime.Token);
        }

        return databaseAway;
    }

    private async Task<(Error? Refused, Exception? DatabaseAway)> TryExtractAsync(LeasedJob leased, CancellationToken ended)
    {
        try
        {
            return (await ExtractAsync(leased, ended), null);
        }
        catch (OperationCanceledException) when (ended.IsCancellationRequested)
        {
            return (WorkerErrors.Stopping, null);
        }
        catch (Exception e) when (faults.IsTransient(e))
        {
            return (WorkerErrors.DatabaseUnavailable, e);
        }
        catch (Exception e)
        {
            LogFailed(e, leased.Job.Conversation.Value);

            return (WorkerErrors.Unexpected, null);
        }
    }

    private async Task<Error?> ExtractAsync(LeasedJob leased, CancellationToken ended)
    {
        var overtaken = 0;
        while (true)
        {
            ended.ThrowIfCancellationRequested();
            await using var scope = scopes.CreateAsyncScope();
            var extracted = await scope.ServiceProvider.GetRequiredService<IMediator>().Send(new ExtractMemory(leased), ended);
            if (extracted.Error is { } error)
            {
                // What it read is no longer what is there: it reads again, which is no failure of the job's.
                if (error.Kind == ErrorKind.Conflict && ++overtaken < MaxConflicts)
                {
                    continue;
                }

                return error;
            }

            if (extracted.Value)
            {
                // To the end of the line: what somebody says now does not wait for the whole of a long conversation.
                await queue.EnqueueAsync(leased.Job, ended);

                return null;
            }

            return await RebuildAsync(leased, ended);
        }
    }

    // Nothing new is left: now what was cut out of the summary, if anything was.
    private async Task<Error?> RebuildAsync(LeasedJob leased, CancellationToken ended)
    {
        await using var scope = scopes.CreateAsyncScope();
        var rebuilt = await scope.ServiceProvider.GetRequiredService<IMediator>().Send(new RebuildSummary(leased), ended);

        // Somebody forgot more meanwhile, and queued it for that.
        return rebuilt.Error is { Kind: not ErrorKind.Conflict } error ? error : null;
    }

    private async Task NotifyIfDeadLettered(MemoryJob job, Error reason, CancellationToken cancellationToken)
    {
        if (reason.Kind != ErrorKind.Unavailable && await queue.FindAsync(job, cancellationToken) is { Phase: MemoryJobPhase.Dead })
        {
            notices.Notify(new AdminNotification("A memory job failed. See the administration page for the reason, and to retry it.", $"{job.Conversation}: {reason.Code}"));
        }
    }

    private async Task BackOffAsync(int failures, CancellationToken stopping)
    {
        var delay = TimeSpan.FromSeconds(Math.Min(MaxBackoff.TotalSeconds, 0.5 * Math.Pow(2, failures)));
        await Task.Delay(delay, clock, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    [LoggerMessage(LogLevel.Warning, "The lease of conversation {Conversation} was lost; another worker takes over")]
    private partial void LogLost(Guid conversation);

    [LoggerMessage(LogLevel.Information, "Conversation {Conversation} returned to the queue: {Code}")]
    private partial void LogReturned(Guid conversation, string code);

    [LoggerMessage(LogLevel.Error, "Failed to extract memories from conversation {Conversation}")]
    private partial void LogFailed(Exception exception, Guid conversation);

    // With the whole exception only where it is none that an outage explains.
    [LoggerMessage(LogLevel.Warning, "Worker paused, will retry: {State} ({Reason})")]
    private partial void LogPaused(WorkerState state, Exception? unexplained, string? reason);
}
