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
    IDatabaseErrorClassifier faults,
    IAdminNotifier notices,
    IOptions<BugReportOptions> options,
    TimeProvider clock,
    ILogger<BugReportWorker> logger) : BackgroundService
{
    private static readonly TimeSpan IdleDelay = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan MaxDelay = TimeSpan.FromHours(1);

    private string? lastError;
    private bool isDatabaseUnavailable;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // The host's start goes on at once.
        await Task.Yield();
        await TryAsync(mediator => mediator.Send(new RetryRefusedBugReports(), stoppingToken), stoppingToken);
        while (!stoppingToken.IsCancellationRequested)
        {
            var round = await TryAsync(mediator => mediator.Send(new SendNextBugReport(options.Value.RetryPolicy), stoppingToken), stoppingToken);
            if (round is { State: SendBugReportStatus.Off })
            {
                return;
            }

            var wait = DelayAfter(round);
            if (wait > TimeSpan.Zero)
            {
                await Task.Delay(wait, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    // A tracker that asks for patience means all of us, and one that cannot be reached cannot for the next report either.
    private TimeSpan DelayAfter(SendBugReportResult? round)
    {
        Notify(round);

        return round switch
        {
            { State: SendBugReportStatus.Sent } => TimeSpan.Zero,
            { Refusal: { Kind: ErrorKind.LimitReached, RetryAfter: { } wait } } => wait < MaxDelay ? wait : MaxDelay,
            { Refusal.Kind: ErrorKind.Invalid } => TimeSpan.Zero,
            _ => IdleDelay,
        };
    }

    private async Task<T?> TryAsync<T>(Func<IMediator, Task<T>> send, CancellationToken stopping)
    {
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            var answer = await send(scope.ServiceProvider.GetRequiredService<IMediator>());
            isDatabaseUnavailable = false;

            return answer;
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // What was on its way is looked for by whoever takes it when its lease has ended.
            return default;
        }
        catch (Exception e) when (faults.IsConflict(e))
        {
            // Another worker has it, or its writer is gone.
            return default;
        }
        catch (Exception e)
        {
            if (!isDatabaseUnavailable)
            {
                isDatabaseUnavailable = true;
                LogFailed(faults.IsTransient(e) ? null : e, e.GetBaseException().Message);
            }

            return default;
        }
    }

    // Each reason once, until one is sent.
    private void Notify(SendBugReportResult? round)
    {
        if (round?.Refusal is { } refusal && refusal.Code != lastError)
        {
            LogNotSent(refusal.Code, refusal.Message);
            if (refusal.Kind is ErrorKind.Forbidden or ErrorKind.NotFound or ErrorKind.Invalid)
            {
                // The others pass by themselves.
                notices.Notify(new AdminNotification("Azure Boards rejects bug reports. Jarvis keeps them and sends them once the cause is fixed; see the administration page.", refusal.Code));
            }
        }

        if (round?.State == SendBugReportStatus.Sent && lastError is not null)
        {
            LogSentAgain();
        }

        lastError = round?.State switch
        {
            SendBugReportStatus.Sent => null,
            SendBugReportStatus.NotSent => round.Refusal!.Code,
            _ => lastError,
        };
    }

    [LoggerMessage(LogLevel.Warning, "Bug reports can't be sent right now; retrying ({Code}): {Reason}")]
    private partial void LogNotSent(string code, string reason);

    [LoggerMessage(LogLevel.Information, "Bug reports are being sent again")]
    private partial void LogSentAgain();

    [LoggerMessage(LogLevel.Warning, "Failed to load bug reports; retrying ({Reason})")]
    private partial void LogFailed(Exception? unexplained, string reason);
}
