using Jarvis.Application.Common;
using Jarvis.Domain.BugReports;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Jarvis.Application.BugReports;

/// <summary>
/// Makes all rejected reports due now. A worker does so when it starts, because its settings may have changed. Returns the number
/// of reports.
/// </summary>
public sealed record RetryRefusedBugReports : IRequest<int>;

internal sealed class RetryRefusedBugReportsHandler(IJarvisDb db, TimeProvider clock) : IRequestHandler<RetryRefusedBugReports, int>
{
    public Task<int> Handle(RetryRefusedBugReports request, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();

        return db.BugReports
            .Where(report => report.Status == BugReportStatus.Rejected)
            .ExecuteUpdateAsync(set => set.SetProperty(report => report.DueAt, now), cancellationToken);
    }
}
