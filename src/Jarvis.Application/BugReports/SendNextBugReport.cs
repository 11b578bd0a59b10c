using Jarvis.Application.Common;
using Jarvis.Domain.BugReports;
using Jarvis.Domain.Common;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Jarvis.Application.BugReports;

/// <summary>
/// Sends the report that has waited longest, whoever's it is. Two workers never send one at a time: it is taken by its number of
/// attempts, and an attempt ends well before its lease does.
/// </summary>
public sealed record SendNextBugReport(BugReportRetryPolicy Timeout) : IRequest<SendBugReportResult>;

/// <param name="Lease">How long a report belongs to who took it.</param>
/// <param name="Delay">Before the second attempt; each one after that waits twice as long.</param>
/// <param name="MaxDelay">Between attempts that time may mend.</param>
/// <param name="RejectedDelay">Between attempts that somebody has to mend, and mends without telling.</param>
public sealed record BugReportRetryPolicy(TimeSpan Lease, TimeSpan Delay, TimeSpan MaxDelay, TimeSpan RejectedDelay);

/// <param name="State">What came of it.</param>
/// <param name="Refusal">Why it was not sent.</param>
public sealed record SendBugReportResult(SendBugReportStatus State, Error? Refusal = null);

public enum SendBugReportStatus
{
    /// <summary>There is no tracker, and will be none in this process.</summary>
    Off,

    NothingDue,

    Sent,

    /// <summary>It waits for its next attempt, and others may fare better.</summary>
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

        report.BeginAttempt(request.Timeout.Lease, now);
        await db.SaveChangesAsync(cancellationToken);

        // The rest of the lease is for noting what came of it, and for clocks that differ.
        var filed = await tracker.FileAsync(report, request.Timeout.Lease / 2, cancellationToken);
        if (filed.Error is { } error)
        {
            RecordOutcome(report, error, request.Timeout);
        }
        else
        {
            report.Send(filed.Value.Number, filed.Value.Address, clock.GetUtcNow());
        }

        await db.SaveChangesAsync(cancellationToken);

        return filed.Error is null ? new SendBugReportResult(SendBugReportStatus.Sent) : new SendBugReportResult(SendBugReportStatus.NotSent, filed.Error);
    }

    private void RecordOutcome(BugReport report, Error error, BugReportRetryPolicy timeout)
    {
        var passes = error.Kind is ErrorKind.Unavailable or ErrorKind.UpstreamFailed or ErrorKind.LimitReached;
        var doubled = timeout.Delay * Math.Pow(2, Math.Min(report.Attempts - 1, 20));
        var wait = passes ? TimeSpan.FromSeconds(Math.Min(doubled.TotalSeconds, timeout.MaxDelay.TotalSeconds)) : timeout.RejectedDelay;
        if (error.RetryAfter > wait)
        {
            wait = error.RetryAfter.Value;
        }

        report.Fail(error, passes ? BugReportStatus.Queued : BugReportStatus.Rejected, clock.GetUtcNow() + wait);
    }
}
