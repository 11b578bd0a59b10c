using Jarvis.Application.Common;
using Jarvis.Application.Memories;
using Jarvis.Application.Pipeline;
using Jarvis.Domain.Common;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Jarvis.Worker;

/// <summary>Runs one leased memory job, and completes it or returns it to the queue.</summary>
internal sealed partial class MemoryJobProcessor(
    IServiceScopeFactory scopes,
    IMemoryJobQueue queue,
    IDatabaseErrorClassifier databaseErrors,
    IAdminNotifier notifier,
    WorkerMetrics metrics,
    TimeProvider clock,
    ILogger<MemoryJobProcessor> logger)
{
    // Concurrent edits are rare; give up after this many conflicts.
    private const int MaxConflicts = 3;

    private static readonly TimeSpan ReturnTimeout = TimeSpan.FromSeconds(2);

    /// <summary>Returns the exception if the database is unavailable, because the next job would fail too; otherwise null.</summary>
    public async Task<Exception?> ProcessAsync(LeasedJob job, CancellationToken drained)
    {
        var started = clock.GetTimestamp();
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(job.Lost, drained);
        var (error, databaseFailure) = await TryRunAsync(job, ended.Token);
        var isLost = job.Lost.IsCancellationRequested;
        metrics.Ended(clock.GetElapsedTime(started), isLost ? "lost" : error?.Code ?? "ok");
        if (isLost)
        {
            // Another worker may have the job by now, so this one must not complete or return it.
            LogLost(job.Job.Conversation.Value);

            return databaseFailure;
        }

        await FinishAsync(job, error);

        return databaseFailure;
    }

    private async Task<(Error? Error, Exception? DatabaseFailure)> TryRunAsync(LeasedJob job, CancellationToken ended)
    {
        try
        {
            return (await RunAsync(job, ended), null);
        }
        catch (OperationCanceledException) when (ended.IsCancellationRequested)
        {
            return (WorkerErrors.Stopping, null);
        }
        catch (Exception e) when (databaseErrors.IsTransient(e))
        {
            return (WorkerErrors.DatabaseUnavailable, e);
        }
        catch (Exception e)
        {
            LogFailed(e, job.Job.Conversation.Value);

            return (WorkerErrors.Unexpected, null);
        }
    }

    private async Task<Error?> RunAsync(LeasedJob job, CancellationToken ended)
    {
        for (var conflicts = 0; ;)
        {
            ended.ThrowIfCancellationRequested();
            var extracted = await scopes.SendAsync(new ExtractMemory(job), ended);
            if (extracted.Error is { } error)
            {
                // The conversation changed while it was read. Read it again, without an attempt being counted.
                if (error.Kind == ErrorKind.Conflict && ++conflicts < MaxConflicts)
                {
                    continue;
                }

                return error;
            }

            if (extracted.Value)
            {
                // Queue the rest at the end, so that a long conversation doesn't delay new messages.
                await queue.EnqueueAsync(job.Job, ended);

                return null;
            }

            return await RebuildSummaryAsync(job, ended);
        }
    }

    private async Task<Error?> RebuildSummaryAsync(LeasedJob job, CancellationToken ended)
    {
        var rebuilt = await scopes.SendAsync(new RebuildSummary(job), ended);

        // On a conflict, the user erased more in the meantime, which queued the job again.
        return rebuilt.Error is { Kind: not ErrorKind.Conflict } error ? error : null;
    }

    private async Task FinishAsync(LeasedJob job, Error? error)
    {
        using var timeout = new CancellationTokenSource(ReturnTimeout, clock);
        if (error is null)
        {
            await queue.CompleteAsync(job, timeout.Token);

            return;
        }

        LogReturned(job.Job.Conversation.Value, error.Code);
        metrics.Retried(error.Code);
        await queue.ReturnAsync(job, error, costsAttempt: error.Kind != ErrorKind.Unavailable, timeout.Token);
        await NotifyIfDeadLetteredAsync(job.Job, error, timeout.Token);
    }

    private async Task NotifyIfDeadLetteredAsync(MemoryJob job, Error reason, CancellationToken cancellationToken)
    {
        if (reason.Kind != ErrorKind.Unavailable && await queue.FindAsync(job, cancellationToken) is { Phase: MemoryJobPhase.Dead })
        {
            notifier.Notify(new AdminNotification("A memory job failed. See the administration page for the reason, and to retry it.", $"{job.Conversation}: {reason.Code}"));
        }
    }

    [LoggerMessage(LogLevel.Warning, "The lease of conversation {Conversation} was lost; another worker takes over")]
    private partial void LogLost(Guid conversation);

    [LoggerMessage(LogLevel.Information, "Conversation {Conversation} returned to the queue: {Code}")]
    private partial void LogReturned(Guid conversation, string code);

    [LoggerMessage(LogLevel.Error, "Failed to extract memories from conversation {Conversation}")]
    private partial void LogFailed(Exception exception, Guid conversation);
}
