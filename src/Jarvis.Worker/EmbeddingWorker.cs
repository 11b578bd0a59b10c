using Jarvis.Application.Common;
using Jarvis.Application.Memories;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Jarvis.Worker;

/// <summary>
/// Gives what was learned and said its vectors, in the background: what is there without one is found in the database, so that
/// nothing is lost with this process. Where no server for it is configured it ends at once.
/// </summary>
internal sealed partial class EmbeddingWorker(
    IEmbeddingBackfill embedding,
    IDatabaseErrorClassifier faults,
    TimeProvider clock,
    ILogger<EmbeddingWorker> logger) : BackgroundService
{
    private static readonly TimeSpan IdleDelay = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan MaxBackoff = TimeSpan.FromMinutes(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!embedding.IsEnabled)
        {
            return;
        }

        // The host's start goes on at once.
        await Task.Yield();
        var failures = 0;
        while (!stoppingToken.IsCancellationRequested)
        {
            var round = await RunOnceAsync(isFirstFailure: failures == 0, stoppingToken);
            failures = round == EmbeddingBatchResult.ServerUnavailable ? failures + 1 : 0;
            if (round != EmbeddingBatchResult.Embedded)
            {
                var wait = TimeSpan.FromSeconds(Math.Min(MaxBackoff.TotalSeconds, IdleDelay.TotalSeconds * Math.Pow(2, Math.Max(0, failures - 1))));
                await Task.Delay(wait, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async Task<EmbeddingBatchResult> RunOnceAsync(bool isFirstFailure, CancellationToken cancellationToken)
    {
        try
        {
            var round = await embedding.EmbedBatchAsync(cancellationToken);
            await embedding.CountAsync(cancellationToken);

            return round;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return EmbeddingBatchResult.NothingToDo;
        }
        catch (Exception e) when (faults.IsConflict(e))
        {
            // Another worker, or somebody who deletes what was about to be stored: what is left is found again.
            return EmbeddingBatchResult.NothingToDo;
        }
        catch (Exception e)
        {
            // Once an outage; that the server is away is told by who asks it.
            if (isFirstFailure)
            {
                LogFailed(faults.IsTransient(e) ? null : e, e.GetBaseException().Message);
            }

            return EmbeddingBatchResult.ServerUnavailable;
        }
    }

    [LoggerMessage(LogLevel.Warning, "Failed to store vectors; retrying ({Reason})")]
    private partial void LogFailed(Exception? unexplained, string reason);
}
