using Jarvis.Application.Memories;
using Microsoft.Extensions.Hosting;

namespace Jarvis.Worker;

/// <summary>
/// Looks at the queue for the worker's figures, while somebody reads them. Not when they are collected, because collecting
/// must not wait for Redis.
/// </summary>
internal sealed class QueueMetricsCollector(IMemoryQueueStatistics queue, WorkerMetrics meter, TimeProvider clock) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // The host's start goes on at once.
        await Task.Yield();
        using var timer = new PeriodicTimer(Interval, clock);
        try
        {
            do
            {
                if (meter.IsWatched)
                {
                    meter.Update(await queue.ReadAsync(stoppingToken));
                }
            }
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // Stopped; nobody asks any more.
        }
    }
}
