using System.Diagnostics;
using System.Security.Claims;
using Jarvis.Application.BugReports;
using Jarvis.Domain.BugReports;
using Jarvis.Domain.Common;
using Jarvis.Web.Accounts;
using Jarvis.Web.Errors;
using Jarvis.Web.RateLimiting;
using MediatR;

namespace Jarvis.Web.Api;

internal static class BugReportsApi
{
    public static void MapBugReportsApi(this IEndpointRouteBuilder routes)
    {
        var reports = routes.MapApi("/bug-reports");
        reports.MapPost("", WriteAsync).WithRateLimit(RateLimitPolicies.BugReports);
        reports.MapGet("", ListAsync);
        reports.MapPost("/{id:guid}/retry", RetryAsync);
    }

    private static async Task<IResult> WriteAsync(ReportBody body, ClaimsPrincipal user, IMediator mediator, CancellationToken cancellationToken)
    {
        var written = await mediator.Send(
            new WriteBugReport(
                user.Id(),
                body.Title ?? "",
                body.Description ?? "",
                Names.Parse<BugSeverity>(body.Severity),
                Picture: null,
                Activity.Current?.TraceId.ToString()),
            cancellationToken);

        return written.Error is { } error
            ? ApiResults.ToProblem(error)
            : Results.Json(new { written.Value.Id, written.Value.Status, written.Value.WorkItemUrl }, statusCode: StatusCodes.Status201Created);
    }

    private static async Task<object> ListAsync(
        ClaimsPrincipal user,
        IMediator mediator,
        IErrorText errors,
        CancellationToken cancellationToken,
        int page = 1) =>
        (await mediator.Send(new ListBugReports(user.Id(), page), cancellationToken)).Reports.ToResponse(report => ToResponse(report, errors));

    private static async Task<IResult> RetryAsync(Guid id, ClaimsPrincipal user, IMediator mediator, CancellationToken cancellationToken) =>
        (await mediator.Send(new RetryBugReport(user.Id(), new BugReportId(id)), cancellationToken)).ToHttp();

    private static object ToResponse(BugReportRow report, IErrorText errors) => new
    {
        report.Id,
        report.Title,
        report.Severity,
        report.Status,
        report.CreatedAt,
        report.SentAt,
        report.NextAttemptAt,
        report.WorkItemUrl,
        lastError = report.Failure is { Code: { } code, Message: { } message } ? new { code, detail = errors.For(code, message, report.Failure.Arguments) } : null,
    };

    private sealed record ReportBody(string? Title, string? Description, string? Severity);
}
