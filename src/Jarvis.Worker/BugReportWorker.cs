using Jarvis.Application.BugReports;
using Jarvis.Application.Common;
using Jarvis.Application.Pipeline;
using Jarvis.Domain.Common;
using MediatR;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Jarvis.Worker;

/// <summary>
/// Sends bug reports one after another. Pending reports are stored in the database, so that none is lost if this process stops.
/// If no tracker is configured, the worker ends immediately.
/// </summary>
internal sealed partial class BugReportWorker(
    IServiceScopeFactory scopes,
    IDatabaseErrorClassifier databaseErrors,
    IAdminNotifier notifier,
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
        await TrySendAsync(new RetryRefusedBugReports(), stoppingToken);
        while (!stoppingToken.IsCancellationRequested)
        {
            var result = await TrySendAsync(new SendNextBugReport(options.Value.RetryPolicy), stoppingToken);
            if (result is { State: SendBugReportStatus.Off })
            {
                return;
            }

            var wait = GetDelay(result);
            if (wait > TimeSpan.Zero)
            {
                await Task.Delay(wait, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    // A rate limit or an outage of the tracker affects the next report too.
    private TimeSpan GetDelay(SendBugReportResult? result)
    {
        Notify(result);

        return result switch
        {
            { State: SendBugReportStatus.Sent } => TimeSpan.Zero,
            { Refusal: { Kind: ErrorKind.LimitReached, RetryAfter: { } wait } } => wait < MaxDelay ? wait : MaxDelay,
            { Refusal.Kind: ErrorKind.Invalid } => TimeSpan.Zero,
            _ => IdleDelay,
        };
    }

    private async Task<T?> TrySendAsync<T>(IRequest<T> request, CancellationToken stopping)
    {
        try
        {
            var response = await scopes.SendAsync(request, stopping);
            isDatabaseUnavailable = false;

            return response;
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // The worker that leases the report next checks whether it was sent.
            return default;
        }
        catch (Exception e) when (databaseErrors.IsConflict(e))
        {
            // Another worker has the report, or its author was deleted.
            return default;
        }
        catch (Exception e)
        {
            if (!isDatabaseUnavailable)
            {
                isDatabaseUnavailable = true;
                LogFailed(databaseErrors.IsTransient(e) ? null : e, e.GetBaseException().Message);
            }

            return default;
        }
    }

    // Report each reason once, until a report is sent.
    private void Notify(SendBugReportResult? result)
    {
        if (result?.Refusal is { } error && error.Code != lastError)
        {
            LogNotSent(error.Code, error.Message);
            if (error.Kind is ErrorKind.Forbidden or ErrorKind.NotFound or ErrorKind.Invalid)
            {
                // The other errors are temporary.
                notifier.Notify(new AdminNotification("Azure Boards rejects bug reports. Jarvis keeps them and sends them once the cause is fixed; see the administration page.", error.Code));
            }
        }

        if (result?.State == SendBugReportStatus.Sent && lastError is not null)
        {
            LogSentAgain();
        }

        lastError = result?.State switch
        {
            SendBugReportStatus.Sent => null,
            SendBugReportStatus.NotSent => result.Refusal!.Code,
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
