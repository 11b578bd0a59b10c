using System.Data.Common;
using Jarvis.Application.Memories;
using Jarvis.Domain.Common;
using MediatR;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Jarvis.Worker;

/// <summary>Works off the memory jobs, some at a time. When it is stopped, what runs finishes or goes back within ten seconds.</summary>
internal sealed partial class MemoryWorker(
    IServiceScopeFactory scopes,
    IMemoryJobQueue queue,
    WorkerHealth health,
    IOptions<WorkerOptions> options,
    TimeProvider clock,
    ILogger<MemoryWorker> logger) : BackgroundService
{
    // Two of the ten seconds are for giving the job back.
    private static readonly TimeSpan DrainTime = TimeSpan.FromSeconds(8);
    private static readonly TimeSpan GiveBackTime = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan LongestBackoff = TimeSpan.FromSeconds(15);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var drained = new CancellationTokenSource(Timeout.InfiniteTimeSpan, clock);
        await using var draining = stoppingToken.Register(() => drained.CancelAfter(DrainTime));

        await Task.WhenAll(Enumerable.Range(0, options.Value.Workers).Select(_ => LoopAsync(stoppingToken, drained.Token)));
        health.Turned(WorkerState.Stopped);
    }

    private async Task LoopAsync(CancellationToken stopping, CancellationToken drained)
    {
        // The host's start goes on at once.
        await Task.Yield();
        var failures = 0;
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                var leased = await queue.TakeAsync(stopping);
                failures = 0;
                health.Turned(WorkerState.Waiting);
                if (leased is not null)
                {
                    await WorkOffAsync(leased, stopping, drained);
                }
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                // Once an outage: the queue says by itself when Redis is back.
                if (failures == 0)
                {
                    LogQueueAway(e);
                }

                health.Turned(WorkerState.QueueUnavailable);
                await BackOffAsync(failures++, stopping);
            }
        }
    }

    private async Task WorkOffAsync(LeasedJob leased, CancellationToken stopping, CancellationToken drained)
    {
        using var working = health.Work();
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(leased.Lost, drained);
        var refused = await TryExtractAsync(leased, stopping, ended.Token);
        if (leased.Lost.IsCancellationRequested)
        {
            // Nothing to give back: another may have it by now.
            LogLost(leased.Job.Conversation.Value);
            return;
        }

        using var inTime = new CancellationTokenSource(GiveBackTime, clock);
        if (refused is null)
        {
            await queue.CompleteAsync(leased, inTime.Token);
            return;
        }

        LogReturned(leased.Job.Conversation.Value, refused.Code);
        await queue.ReturnAsync(leased, refused, costsAttempt: refused.Kind != ErrorKind.Unavailable, inTime.Token);
    }

    private async Task<Error?> TryExtractAsync(LeasedJob leased, CancellationToken stopping, CancellationToken ended)
    {
        try
        {
            return await ExtractAsync(leased.Job, stopping, ended);
        }
        catch (OperationCanceledException) when (ended.IsCancellationRequested)
        {
            return WorkerErrors.Stopping;
        }
        catch (Exception e) when (IsDatabaseAway(e))
        {
            LogFailed(e, leased.Job.Conversation.Value);

            return WorkerErrors.DatabaseUnavailable;
        }
        catch (Exception e)
        {
            LogFailed(e, leased.Job.Conversation.Value);

            return WorkerErrors.Unexpected;
        }
    }

    private async Task<Error?> ExtractAsync(MemoryJob job, CancellationToken stopping, CancellationToken ended)
    {
        while (true)
        {
            ended.ThrowIfCancellationRequested();
            await using var scope = scopes.CreateAsyncScope();
            var extracted = await scope.ServiceProvider.GetRequiredService<IMediator>().Send(new ExtractMemory(job), ended);
            if (extracted.Error is not null || !extracted.Value)
            {
                return extracted.Error;
            }

            if (stopping.IsCancellationRequested)
            {
                return WorkerErrors.Stopping;
            }
        }
    }

    private async Task BackOffAsync(int failures, CancellationToken stopping)
    {
        var delay = TimeSpan.FromSeconds(Math.Min(LongestBackoff.TotalSeconds, 0.5 * Math.Pow(2, failures)));
        await Task.Delay(delay, clock, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    // It costs the job no attempt: it is not the job that is bad.
    private static bool IsDatabaseAway(Exception exception)
    {
        for (var e = exception; e is not null; e = e.InnerException)
        {
            if (e is DbException { IsTransient: true })
            {
                return true;
            }
        }

        return false;
    }

    [LoggerMessage(LogLevel.Warning, "The lease of conversation {Conversation} was lost; another worker takes it")]
    private partial void LogLost(Guid conversation);

    [LoggerMessage(LogLevel.Information, "Conversation {Conversation} goes back to the queue: {Code}")]
    private partial void LogReturned(Guid conversation, string code);

    [LoggerMessage(LogLevel.Error, "Reading conversation {Conversation} into memory failed")]
    private partial void LogFailed(Exception exception, Guid conversation);

    [LoggerMessage(LogLevel.Warning, "The worker waits for its queue and tries again")]
    private partial void LogQueueAway(Exception exception);
}
