using Jarvis.Application.Conversations;
using Jarvis.Application.Memories;
using Jarvis.Domain.Common;
using MediatR;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Jarvis.Worker;

/// <summary>
/// At start and then every so often: queues conversations that memory is behind with, whatever became of their jobs, and gives up
/// turns that nobody answers any more.
/// </summary>
internal sealed partial class MemoryBacklogSweeper(
    IServiceScopeFactory scopes,
    IOptions<WorkerOptions> options,
    TimeProvider clock,
    ILogger<MemoryBacklogSweeper> logger) : BackgroundService
{
    /// <summary>A process says of an answer within two seconds that it writes it; a busy one takes longer.</summary>
    private static readonly TimeSpan TimeoutGrace = TimeSpan.FromSeconds(15);

    private static readonly TimeSpan MaxAnswerDuration = TimeSpan.FromMinutes(15);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // The host's start goes on at once.
        await Task.Yield();
        var every = options.Value.SweepInterval;
        using var timer = new PeriodicTimer(every, clock);
        var grace = TimeSpan.Zero;
        try
        {
            do
            {
                await TrySendAsync(new EnqueuePendingConversations(clock.GetUtcNow() - grace), stoppingToken);
                await TrySendAsync(new FailAbandonedTurns(clock.GetUtcNow() - TimeoutGrace, clock.GetUtcNow() - MaxAnswerDuration), stoppingToken);

                // What was answered just now has a job of its own on its way.
                grace = every / 2;
            }
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // Stopped; the next start sweeps first.
        }
    }

    private async Task TrySendAsync(IRequest<Result<int>> request, CancellationToken cancellationToken)
    {
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            var swept = await scope.ServiceProvider.GetRequiredService<IMediator>().Send(request, cancellationToken);
            if (swept.Error is { } error)
            {
                LogRefused(request.GetType().Name, error.Code);
            }
            else if (swept.Value > 0)
            {
                LogSwept(request.GetType().Name, swept.Value);
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
    private partial void LogRefused(string request, string code);

    [LoggerMessage(LogLevel.Warning, "{Request} failed; retrying at the next sweep")]
    private partial void LogFailed(Exception exception, string request);
}
