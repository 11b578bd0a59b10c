using Jarvis.Application.Common;
using Jarvis.Application.Memories;
using Jarvis.Domain.Common;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Jarvis.Worker;

/// <summary>
/// Computes the missing embeddings of memories and turns in the background. It finds them in the database, so that none is lost if
/// this process stops. If no embedding server is configured, the worker ends immediately.
/// </summary>
internal sealed partial class EmbeddingWorker(
    IEmbeddingBackfill embedding,
    IDatabaseErrorClassifier databaseErrors,
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

        var failures = 0;
        while (!stoppingToken.IsCancellationRequested)
        {
            var result = await RunOnceAsync(isFirstFailure: failures == 0, stoppingToken);
            failures = result == EmbeddingBatchResult.ServerUnavailable ? failures + 1 : 0;
            if (result != EmbeddingBatchResult.Embedded)
            {
                await Task.Delay(Backoff.GetDelay(failures, IdleDelay, MaxBackoff), clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async Task<EmbeddingBatchResult> RunOnceAsync(bool isFirstFailure, CancellationToken cancellationToken)
    {
        try
        {
            var result = await embedding.EmbedBatchAsync(cancellationToken);
            await embedding.CountAsync(cancellationToken);

            return result;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return EmbeddingBatchResult.NothingToDo;
        }
        catch (Exception e) when (databaseErrors.IsConflict(e))
        {
            // Another worker stored the vectors, or the user deleted the rows. The next batch finds the remaining rows.
            return EmbeddingBatchResult.NothingToDo;
        }
        catch (Exception e)
        {
            // Log once an outage. The embedding client logs outages of its server itself.
            if (isFirstFailure)
            {
                LogFailed(databaseErrors.IsTransient(e) ? null : e, e.GetBaseException().Message);
            }

            return EmbeddingBatchResult.ServerUnavailable;
        }
    }

    [LoggerMessage(LogLevel.Warning, "Failed to store vectors; retrying ({Reason})")]
    private partial void LogFailed(Exception? unexplained, string reason);
}
