using Jarvis.Application.Conversations;
using Jarvis.Application.Memories;
using Jarvis.Application.Pipeline;
using Jarvis.Domain.Common;
using MediatR;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Jarvis.Worker;

/// <summary>
/// At start and then at an interval, queues conversations with unprocessed turns, regardless of their jobs, and fails
/// turns that no process answers any more.
/// </summary>
internal sealed partial class MemoryBacklogSweeper(
    IServiceScopeFactory scopes,
    IOptions<WorkerOptions> options,
    TimeProvider clock,
    ILogger<MemoryBacklogSweeper> logger) : BackgroundService
{
    /// <summary>A process sends its first heartbeat for an answer within two seconds; a busy process needs longer.</summary>
    private static readonly TimeSpan TimeoutGrace = TimeSpan.FromSeconds(15);

    private static readonly TimeSpan MaxAnswerDuration = TimeSpan.FromMinutes(15);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var interval = options.Value.SweepInterval;
        using var timer = new PeriodicTimer(interval, clock);
        var grace = TimeSpan.Zero;
        try
        {
            do
            {
                await TrySendAsync(new EnqueuePendingConversations(clock.GetUtcNow() - grace), stoppingToken);
                await TrySendAsync(new FailAbandonedTurns(clock.GetUtcNow() - TimeoutGrace, clock.GetUtcNow() - MaxAnswerDuration), stoppingToken);

                // A turn that was answered just now gets its own job.
                grace = interval / 2;
            }
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The host is stopping; the next start sweeps first.
        }
    }

    private async Task TrySendAsync(IRequest<Result<int>> request, CancellationToken cancellationToken)
    {
        try
        {
            var result = await scopes.SendAsync(request, cancellationToken);
            if (result.Error is { } error)
            {
                LogRejected(request.GetType().Name, error.Code);
            }
            else if (result.Value > 0)
            {
                LogSwept(request.GetType().Name, result.Value);
            }
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            LogFailed(e, request.GetType().Name);
        }
    }

    [LoggerMessage(LogLevel.Information, "{Request}: {Count}")]
    private partial void LogSwept(string request, int count);

    [LoggerMessage(LogLevel.Warning, "{Request} was rejected: {Code}")]
    private partial void LogRejected(string request, string code);

    [LoggerMessage(LogLevel.Warning, "{Request} failed; retrying at the next sweep")]
    private partial void LogFailed(Exception exception, string request);
}
