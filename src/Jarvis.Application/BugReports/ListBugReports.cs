using System.Linq.Expressions;
using Jarvis.Application.Common;
using Jarvis.Domain.Accounts;
using Jarvis.Domain.BugReports;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Jarvis.Application.BugReports;

/// <summary>What a person has reported, the newest first.</summary>
public sealed record ListBugReports(UserId User, int Page) : IRequest<BugReportList>;

/// <param name="CanBeSent">Whether there is a tracker to send them to.</param>
public sealed record BugReportList(Page<BugReportRow> Reports, bool CanBeSent);

/// <param name="NextAttemptAt">Null once it was sent.</param>
/// <param name="FailureCode">Why it was not sent at the last attempt; null where there was none, and once it was sent.</param>
public sealed record BugReportRow(
    BugReportId Id,
    string Title,
    BugSeverity Severity,
    BugReportStatus Status,
    DateTimeOffset CreatedAt,
    DateTimeOffset? SentAt,
    DateTimeOffset? NextAttemptAt,
    int? WorkItemId,
    string? WorkItemUrl,
    string? FailureCode,
    string? FailureMessage,
    IReadOnlyList<string> FailureArguments)
{
    /// <summary>Without the picture and the long text.</summary>
    internal static Expression<Func<BugReport, BugReportRow>> Projection { get; } = report => new BugReportRow(
        report.Id,
        report.Title,
        report.Severity,
        report.Status,
        report.CreatedAt,
        report.SentAt,
        report.Status == BugReportStatus.Sent ? null : report.NextAttemptAt,
        report.WorkItemId,
        report.WorkItemUrl,
        report.FailureCode,
        report.FailureMessage,
        report.FailureArguments);

    internal static BugReportRow From(BugReport report) => Projected(report);

    private static Func<BugReport, BugReportRow> Projected { get; } = Projection.Compile();
}

internal sealed class ListBugReportsHandler(IJarvisDb db, IBugTracker tracker) : IRequestHandler<ListBugReports, BugReportList>
{
    public async Task<BugReportList> Handle(ListBugReports request, CancellationToken cancellationToken)
    {
        var page = await db.BugReports.OwnedBy(request.User)
            .OrderByDescending(report => report.Id)
            .Select(BugReportRow.Projection)
            .AsNoTracking()
            .PageAsync(request.Page, cancellationToken);

        return new BugReportList(page, tracker.IsConfigured);
    }
}
