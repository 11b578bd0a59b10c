using Jarvis.Application.Memories;
using Jarvis.Domain.Common;
using Jarvis.Domain.Conversations;
using MediatR;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Jarvis.Worker;

/// <summary>
/// Queues what was imported, a few conversations at a time and only while little else waits: what people say now is read before
/// what they said years ago. Any number of workers may do so at once, because a conversation that waits is queued once. What is
/// lost on the way is found in the next round.
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

    // A round goes on from here, past those that were given up or wait for another attempt.
    private ConversationId last;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // The host's start goes on at once.
        await Task.Yield();
        while (!stoppingToken.IsCancellationRequested)
        {
            var wait = await FeedAsync(stoppingToken);
            await Task.Delay(wait, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    // Answers with how long to wait for the next time.
    private async Task<TimeSpan> FeedAsync(CancellationToken cancellationToken)
    {
        try
        {
            if (await queue.ReadAsync(cancellationToken) is not { } waiting)
            {
                return IdleDelay;
            }

            for (var room = MinQueueDepth - waiting.Depth; room > 0; room--)
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
            // Stopped; the next start begins a round.
            return IdleDelay;
        }
    }

    private async Task<bool> LoadAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var behind = await scope.ServiceProvider.GetRequiredService<IMediator>().Send(new ListPendingImports(last, LoadBatchSize), cancellationToken);
        foreach (var job in behind)
        {
            next.Enqueue(job);
        }

        last = behind.Count > 0 ? behind[^1].Conversation : default;

        return behind.Count > 0;
    }

    [LoggerMessage(LogLevel.Warning, "Failed to queue imported conversations; retrying in a few seconds")]
    private partial void LogFailed(Exception exception);
}
