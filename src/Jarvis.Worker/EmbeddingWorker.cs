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
    IMemoryEmbedding embedding,
    IDatabaseFaults faults,
    TimeProvider clock,
    ILogger<EmbeddingWorker> logger) : BackgroundService
{
    private static readonly TimeSpan Idle = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan LongestBackoff = TimeSpan.FromMinutes(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!embedding.IsOn)
        {
            return;
        }

        // The host's start goes on at once.
        await Task.Yield();
        var failures = 0;
        while (!stoppingToken.IsCancellationRequested)
        {
            var round = await TurnAsync(isFirstFailure: failures == 0, stoppingToken);
            failures = round == EmbeddingRound.ServerAway ? failures + 1 : 0;
            if (round != EmbeddingRound.Embedded)
            {
                var wait = TimeSpan.FromSeconds(Math.Min(LongestBackoff.TotalSeconds, Idle.TotalSeconds * Math.Pow(2, Math.Max(0, failures - 1))));
                await Task.Delay(wait, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async Task<EmbeddingRound> TurnAsync(bool isFirstFailure, CancellationToken cancellationToken)
    {
        try
        {
            var round = await embedding.EmbedSomeAsync(cancellationToken);
            await embedding.CountAsync(cancellationToken);

            return round;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return EmbeddingRound.NothingToDo;
        }
        catch (Exception e) when (faults.IsOvertaken(e))
        {
            // Another worker, or somebody who deletes what was about to be stored: what is left is found again.
            return EmbeddingRound.NothingToDo;
        }
        catch (Exception e)
        {
            // Once an outage; that the server is away is told by who asks it.
            if (isFirstFailure)
            {
                LogFailed(faults.IsOutage(e) ? null : e, e.GetBaseException().Message);
            }

            return EmbeddingRound.ServerAway;
        }
    }

    [LoggerMessage(LogLevel.Warning, "Vectors cannot be stored for now; it is tried again ({Reason})")]
    private partial void LogFailed(Exception? unexplained, string reason);
}
