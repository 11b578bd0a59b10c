using Jarvis.Application.BugReports;
using Jarvis.Application.Common;
using Jarvis.Domain.Common;
using MediatR;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Jarvis.Worker;

/// <summary>
/// Sends what people reported, one after the other: what waits is found in the database, so that nothing is lost with this process.
/// Where no tracker is configured it ends at once.
/// </summary>
internal sealed partial class BugReportWorker(
    IServiceScopeFactory scopes,
    IDatabaseFaults faults,
    INotices notices,
    IOptions<BugReportOptions> options,
    TimeProvider clock,
    ILogger<BugReportWorker> logger) : BackgroundService
{
    private static readonly TimeSpan Idle = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan LongestPause = TimeSpan.FromHours(1);

    private string? lastRefusal;
    private bool databaseIsAway;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // The host's start goes on at once.
        await Task.Yield();
        await TryAsync(mediator => mediator.Send(new RetryRefusedBugReports(), stoppingToken), stoppingToken);
        while (!stoppingToken.IsCancellationRequested)
        {
            var round = await TryAsync(mediator => mediator.Send(new SendNextBugReport(options.Value.Patience), stoppingToken), stoppingToken);
            if (round is { State: BugReportRoundState.Off })
            {
                return;
            }

            var wait = WaitAfter(round);
            if (wait > TimeSpan.Zero)
            {
                await Task.Delay(wait, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    // A tracker that asks for patience means all of us, and one that cannot be reached cannot for the next report either.
    private TimeSpan WaitAfter(BugReportRound? round)
    {
        Tell(round);

        return round switch
        {
            { State: BugReportRoundState.Sent } => TimeSpan.Zero,
            { Refusal: { Kind: ErrorKind.LimitReached, RetryAfter: { } wait } } => wait < LongestPause ? wait : LongestPause,
            { Refusal.Kind: ErrorKind.Invalid } => TimeSpan.Zero,
            _ => Idle,
        };
    }

    private async Task<T?> TryAsync<T>(Func<IMediator, Task<T>> send, CancellationToken stopping)
    {
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            var answer = await send(scope.ServiceProvider.GetRequiredService<IMediator>());
            databaseIsAway = false;

            return answer;
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // What was on its way is looked for by whoever takes it when its lease has ended.
            return default;
        }
        catch (Exception e) when (faults.IsOvertaken(e))
        {
            // Another worker has it, or its writer is gone.
            return default;
        }
        catch (Exception e)
        {
            if (!databaseIsAway)
            {
                databaseIsAway = true;
                LogFailed(faults.IsOutage(e) ? null : e, e.GetBaseException().Message);
            }

            return default;
        }
    }

    // Each reason once, until one is sent.
    private void Tell(BugReportRound? round)
    {
        if (round?.Refusal is { } refusal && refusal.Code != lastRefusal)
        {
            LogNotSent(refusal.Code, refusal.Message);
            if (refusal.Kind is ErrorKind.Forbidden or ErrorKind.NotFound or ErrorKind.Invalid)
            {
                // The others pass by themselves.
                notices.Tell(new Notice("Azure Boards refuses bug reports. They are kept, and sent once somebody has mended it; the administrator's page says what.", refusal.Code));
            }
        }

        if (round?.State == BugReportRoundState.Sent && lastRefusal is not null)
        {
            LogSentAgain();
        }

        lastRefusal = round?.State switch
        {
            BugReportRoundState.Sent => null,
            BugReportRoundState.NotSent => round.Refusal!.Code,
            _ => lastRefusal,
        };
    }

    [LoggerMessage(LogLevel.Warning, "Bug reports are not sent for now ({Code}): {Reason}")]
    private partial void LogNotSent(string code, string reason);

    [LoggerMessage(LogLevel.Information, "Bug reports are sent again")]
    private partial void LogSentAgain();

    [LoggerMessage(LogLevel.Warning, "Bug reports cannot be looked up for now; it is tried again ({Reason})")]
    private partial void LogFailed(Exception? unexplained, string reason);
}
