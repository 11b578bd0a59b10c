using Jarvis.Application.Memories;
using Jarvis.Application.Pipeline;
using Jarvis.Domain.Common;
using Jarvis.Domain.Conversations;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Jarvis.Worker;

/// <summary>
/// Queues imported conversations, a few at a time and only while the queue is short, so that new messages are processed before
/// imported ones. Several workers may run it concurrently, because the queue holds a conversation only once. The next round finds
/// conversations that were lost.
/// </summary>
internal sealed partial class ImportBacklogScheduler(
    IServiceScopeFactory scopes,
    IMemoryJobQueue jobs,
    IMemoryQueueStatistics queue,
    TimeProvider clock,
    ILogger<ImportBacklogScheduler> logger) : BackgroundService
{
    internal const int MinQueueDepth = 4;
    private const int LoadBatchSize = 100;
    private static readonly TimeSpan BusyDelay = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan IdleDelay = TimeSpan.FromSeconds(5);

    private readonly Queue<MemoryJob> next = new();

    // Position of the current round. It skips conversations that failed or wait for their next attempt.
    private ConversationId last;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            var wait = await EnqueueAsync(stoppingToken);
            await Task.Delay(wait, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    // Returns the time to wait until the next call.
    private async Task<TimeSpan> EnqueueAsync(CancellationToken cancellationToken)
    {
        try
        {
            if (await queue.ReadAsync(cancellationToken) is not { } statistics)
            {
                return IdleDelay;
            }

            for (var room = MinQueueDepth - statistics.Depth; room > 0; room--)
            {
                if (next.Count == 0 && !await LoadAsync(cancellationToken))
                {
                    return IdleDelay;
                }

                await jobs.EnqueueAsync(next.Dequeue(), cancellationToken);
            }

            return BusyDelay;
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            LogFailed(e);

            return IdleDelay;
        }
        catch (OperationCanceledException)
        {
            // The host is stopping; the next start begins a new round.
            return IdleDelay;
        }
    }

    private async Task<bool> LoadAsync(CancellationToken cancellationToken)
    {
        var pending = await scopes.SendAsync(new ListPendingImports(last, LoadBatchSize), cancellationToken);
        foreach (var job in pending)
        {
            next.Enqueue(job);
        }

        last = pending.Count > 0 ? pending[^1].Conversation : default;

        return pending.Count > 0;
    }

    [LoggerMessage(LogLevel.Warning, "Failed to queue imported conversations; retrying in a few seconds")]
    private partial void LogFailed(Exception exception);
}
