using Jarvis.Application.Common;
using Jarvis.Domain.BugReports;
using Jarvis.Domain.Common;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Jarvis.Application.BugReports;

/// <summary>
/// Sends the report that has waited longest, of any person. Two workers never send the same report at a time: each sends only what
/// it leased, and an attempt ends well before its lease.
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

        var (now, policy) = (clock.GetUtcNow(), request.RetryPolicy);
        var report = await db.BugReports
            .Where(row => row.Status != BugReportStatus.Sent)
            .Due(now)
            .AsNoTracking()
            .FirstOrDefaultAsync(cancellationToken);
        if (report is null || !await TryLeaseAsync(report, now + policy.Lease, cancellationToken))
        {
            return new SendBugReportResult(SendBugReportStatus.NothingDue);
        }

        db.BugReports.Attach(report.LeasedUntil(now + policy.Lease));

        // The rest of the lease is reserved for storing the result and for clock differences.
        var result = await tracker.FileAsync(report, policy.Lease / 2, cancellationToken);
        if (result.Error is { } error)
        {
            RecordFailure(report, error, policy);
        }
        else
        {
            report.Send(result.Value.Number, result.Value.Address, clock.GetUtcNow());
        }

        await db.SaveChangesAsync(cancellationToken);

        return result.Error is null ? new SendBugReportResult(SendBugReportStatus.Sent) : new SendBugReportResult(SendBugReportStatus.NotSent, result.Error);
    }

    private Task<bool> TryLeaseAsync(BugReport report, DateTimeOffset until, CancellationToken cancellationToken) =>
        db.BugReports.OwnedBy(report.UserId)
            .Where(row => row.Id == report.Id)
            .TryLeaseAsync(report.Attempts, until, cancellationToken, set => set.SetProperty(row => row.Status, BugReportStatus.Queued));

    private void RecordFailure(BugReport report, Error error, BugReportRetryPolicy policy)
    {
        var isTemporary = error.Kind is ErrorKind.Unavailable or ErrorKind.UpstreamFailed or ErrorKind.LimitReached;
        var wait = isTemporary ? Backoff.GetDelay(report.Attempts, policy.Delay, policy.MaxDelay) : policy.RejectedDelay;
        if (error.RetryAfter > wait)
        {
            wait = error.RetryAfter.Value;
        }

        report.Fail(error, isTemporary ? BugReportStatus.Queued : BugReportStatus.Rejected, clock.GetUtcNow() + wait);
    }
}
