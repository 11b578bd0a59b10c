using Jarvis.Application.Memories;
using Microsoft.Extensions.Hosting;

namespace Jarvis.Worker;

/// <summary>
/// Reads the queue statistics for the worker's metrics while a listener is attached. It polls because collecting metrics must not
/// wait for Redis.
/// </summary>
internal sealed class QueueMetricsCollector(IMemoryQueueStatistics queue, WorkerMetrics metrics, TimeProvider clock) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, clock);
        try
        {
            do
            {
                if (metrics.IsWatched)
                {
                    metrics.Update(await queue.ReadAsync(stoppingToken));
                }
            }
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The host is stopping.
        }
    }
}
