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
public sealed record SendNextBugReport(BugReportPatience Patience) : IRequest<BugReportRound>;

/// <param name="Lease">How long a report belongs to who took it.</param>
/// <param name="Delay">Before the second attempt; each one after that waits twice as long.</param>
/// <param name="LongestDelay">Between attempts that time may mend.</param>
/// <param name="RefusedDelay">Between attempts that somebody has to mend, and mends without telling.</param>
public sealed record BugReportPatience(TimeSpan Lease, TimeSpan Delay, TimeSpan LongestDelay, TimeSpan RefusedDelay);

/// <param name="State">What came of it.</param>
/// <param name="Refusal">Why it was not sent.</param>
public sealed record BugReportRound(BugReportRoundState State, Error? Refusal = null);

public enum BugReportRoundState
{
    /// <summary>There is no tracker, and will be none in this process.</summary>
    Off,

    NothingDue,

    Sent,

    /// <summary>It waits for its next attempt, and others may fare better.</summary>
    NotSent,
}

internal sealed class SendNextBugReportHandler(IJarvisDb db, IBugTracker tracker, TimeProvider clock)
    : IRequestHandler<SendNextBugReport, BugReportRound>
{
    public async Task<BugReportRound> Handle(SendNextBugReport request, CancellationToken cancellationToken)
    {
        if (!tracker.IsConfigured)
        {
            return new BugReportRound(BugReportRoundState.Off);
        }

        var now = clock.GetUtcNow();
        var report = await db.BugReports
            .Where(row => row.Status != BugReportStatus.Sent && row.NextAttemptAt <= now)
            .OrderBy(row => row.NextAttemptAt)
            .FirstOrDefaultAsync(cancellationToken);
        if (report is null)
        {
            return new BugReportRound(BugReportRoundState.NothingDue);
        }

        report.Take(request.Patience.Lease, now);
        await db.SaveChangesAsync(cancellationToken);

        // The rest of the lease is for noting what came of it, and for clocks that differ.
        var filed = await tracker.FileAsync(report, request.Patience.Lease / 2, cancellationToken);
        if (filed.Error is { } error)
        {
            Note(report, error, request.Patience);
        }
        else
        {
            report.Send(filed.Value.Number, filed.Value.Address, clock.GetUtcNow());
        }

        await db.SaveChangesAsync(cancellationToken);

        return filed.Error is null ? new BugReportRound(BugReportRoundState.Sent) : new BugReportRound(BugReportRoundState.NotSent, filed.Error);
    }

    private void Note(BugReport report, Error error, BugReportPatience patience)
    {
        var passes = error.Kind is ErrorKind.Unavailable or ErrorKind.UpstreamFailed or ErrorKind.LimitReached;
        var doubled = patience.Delay * Math.Pow(2, Math.Min(report.Attempts - 1, 20));
        var wait = passes ? TimeSpan.FromSeconds(Math.Min(doubled.TotalSeconds, patience.LongestDelay.TotalSeconds)) : patience.RefusedDelay;
        if (error.RetryAfter > wait)
        {
            wait = error.RetryAfter.Value;
        }

        report.Fail(error, passes ? BugReportStatus.Queued : BugReportStatus.Refused, clock.GetUtcNow() + wait);
    }
}
