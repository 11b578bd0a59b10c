using Jarvis.Application.Common;
using Jarvis.Domain.BugReports;
using Jarvis.Domain.Common;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Jarvis.Application.BugReports;

/// <summary>Makes a rejected report due now. The worker sends other reports automatically.</summary>
public sealed record RetryBugReport(UserId User, BugReportId Report) : IRequest<Result>;

internal sealed class RetryBugReportHandler(IJarvisDb db, TimeProvider clock) : IRequestHandler<RetryBugReport, Result>
{
    public async Task<Result> Handle(RetryBugReport request, CancellationToken cancellationToken)
    {
        var report = await db.BugReports.OwnedBy(request.User).SingleOrDefaultAsync(row => row.Id == request.Report, cancellationToken);
        if (report is null)
        {
            return BugReportErrors.NotFound;
        }

        if (report.Status == BugReportStatus.Sent)
        {
            return BugReportErrors.AlreadySent;
        }

        report.Retry(clock.GetUtcNow());
        await db.SaveChangesAsync(cancellationToken);

        return Result.Ok;
    }
}
