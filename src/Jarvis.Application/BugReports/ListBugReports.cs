using System.Linq.Expressions;
using Jarvis.Application.Common;
using Jarvis.Domain.BugReports;
using Jarvis.Domain.Common;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Jarvis.Application.BugReports;

/// <summary>Lists a person's reports, newest first.</summary>
public sealed record ListBugReports(UserId User, int Page) : IRequest<BugReportList>;

/// <param name="CanBeSent">A tracker is configured.</param>
public sealed record BugReportList(Page<BugReportRow> Reports, bool CanBeSent);

/// <param name="NextAttemptAt">Null after the report is sent.</param>
/// <param name="Failure">Error of the last attempt; <see cref="StoredError.None"/> before the first failure and after the report is sent.</param>
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
    StoredError Failure)
{
    /// <summary>Excludes the picture and the description.</summary>
    internal static Expression<Func<BugReport, BugReportRow>> Projection { get; } = report => new BugReportRow(
        report.Id,
        report.Title,
        report.Severity,
        report.Status,
        report.CreatedAt,
        report.SentAt,
        report.Status == BugReportStatus.Sent ? null : report.DueAt,
        report.WorkItemId,
        report.WorkItemUrl,
        report.Failure);

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
