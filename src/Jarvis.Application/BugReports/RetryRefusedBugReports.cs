using Jarvis.Application.Common;
using Jarvis.Domain.BugReports;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Jarvis.Application.BugReports;

/// <summary>
/// Has everything sent now that the tracker refused: for when a worker starts, because it may do so with other settings. Answers
/// with how many.
/// </summary>
public sealed record RetryRefusedBugReports : IRequest<int>;

internal sealed class RetryRefusedBugReportsHandler(IJarvisDb db, TimeProvider clock) : IRequestHandler<RetryRefusedBugReports, int>
{
    public Task<int> Handle(RetryRefusedBugReports request, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();

        return db.BugReports
            .Where(report => report.Status == BugReportStatus.Rejected)
            .ExecuteUpdateAsync(set => set.SetProperty(report => report.NextAttemptAt, now), cancellationToken);
    }
}
