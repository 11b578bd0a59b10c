using Jarvis.Application.Common;
using Jarvis.Domain.BugReports;
using Jarvis.Domain.Common;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Jarvis.Application.BugReports;

/// <summary>
/// Sends the report that has waited longest, of any person. Two workers never send the same report at a time: the attempt counter
/// is the concurrency token, and an attempt ends well before its lease.
/// </summary>
public sealed record SendNextBugReport(BugReportRetryPolicy RetryPolicy) : IRequest<SendBugReportResult>;

/// <param name="Lease">Duration of a lease.</param>
/// <param name="Delay">Delay before the second attempt. Doubles with each attempt.</param>
/// <param name="MaxDelay">Maximum delay after a temporary error.</param>
/// <param name="RejectedDelay">Delay after an error that a person has to fix, because Jarvis is not notified of the fix.</param>
public sealed record BugReportRetryPolicy(TimeSpan Lease, TimeSpan Delay, TimeSpan MaxDelay, TimeSpan RejectedDelay);

/// <param name="State">Result of the call.</param>
/// <param name="Refusal">Reason why the report was not sent.</param>
public sealed record SendBugReportResult(SendBugReportStatus State, Error? Refusal = null);

public enum SendBugReportStatus
{
    /// <summary>A tracker is not configured in this process.</summary>
    Off,

    NothingDue,

    Sent,

    /// <summary>The report waits for its next attempt; other reports may succeed.</summary>
    NotSent,
}

internal sealed class SendNextBugReportHandler(IJarvisDb db, IBugTracker tracker, TimeProvider clock)
    : IRequestHandler<SendNextBugReport, SendBugReportResult>
{
    public async Task<SendBugReportResult> Handle(SendNextBugReport request, CancellationToken cancellationToken)
    {
        if (!tracker.IsConfigured)
        {
            return new SendBugReportResult(SendBugReportStatus.Off);
        }

        var now = clock.GetUtcNow();
        var report = await db.BugReports
            .Where(row => row.Status != BugReportStatus.Sent && row.NextAttemptAt <= now)
            .OrderBy(row => row.NextAttemptAt)
            .FirstOrDefaultAsync(cancellationToken);
        if (report is null)
        {
            return new SendBugReportResult(SendBugReportStatus.NothingDue);
        }

        report.BeginAttempt(request.RetryPolicy.Lease, now);
        await db.SaveChangesAsync(cancellationToken);

        // The rest of the lease is reserved for storing the result and for clock differences.
        var result = await tracker.FileAsync(report, request.RetryPolicy.Lease / 2, cancellationToken);
        if (result.Error is { } error)
        {
            RecordOutcome(report, error, request.RetryPolicy);
        }
        else
        {
            report.Send(result.Value.Number, result.Value.Address, clock.GetUtcNow());
        }

        await db.SaveChangesAsync(cancellationToken);

        return result.Error is null ? new SendBugReportResult(SendBugReportStatus.Sent) : new SendBugReportResult(SendBugReportStatus.NotSent, result.Error);
    }

    private void RecordOutcome(BugReport report, Error error, BugReportRetryPolicy policy)
    {
        var isTemporary = error.Kind is ErrorKind.Unavailable or ErrorKind.UpstreamFailed or ErrorKind.LimitReached;
        var doubled = policy.Delay * Math.Pow(2, Math.Min(report.Attempts - 1, 20));
        var wait = isTemporary ? TimeSpan.FromSeconds(Math.Min(doubled.TotalSeconds, policy.MaxDelay.TotalSeconds)) : policy.RejectedDelay;
        if (error.RetryAfter > wait)
        {
            wait = error.RetryAfter.Value;
        }

        report.Fail(error, isTemporary ? BugReportStatus.Queued : BugReportStatus.Rejected, clock.GetUtcNow() + wait);
    }
}
