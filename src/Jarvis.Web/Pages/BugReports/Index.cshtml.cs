using System.Diagnostics;
using Jarvis.Application.BugReports;
using Jarvis.Application.Common;
using Jarvis.Domain.BugReports;
using Jarvis.Domain.Common;
using Jarvis.Web.Accounts;
using Jarvis.Web.Errors;
using Jarvis.Web.Pages.Shared;
using Jarvis.Web.RateLimiting;
using MediatR;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Jarvis.Web.Pages.BugReports;

[Authorize]
[RateLimit(RateLimitPolicies.BugReports, HandledByPage = true)]
[RequestSizeLimit(MaxRequestBytes)]
internal sealed class IndexModel(IMediator mediator, IErrorText errors) : PageModel
{
    /// <summary>Larger than the attachment limit, so that the page can reject a large attachment and keep the input.</summary>
    private const int MaxRequestBytes = 8 * BugReportAttachment.MaxBytes;

    private const int TraceLength = 32;

    [BindProperty]
    public string? Title { get; set; }

    [BindProperty]
    public string? Description { get; set; }

    [BindProperty]
    public string? Severity { get; set; } = nameof(BugSeverity.Medium);

    /// <summary>Trace id from the error page's link.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Trace { get; set; }

    [FromQuery(Name = "page")]
    public int Number { get; set; } = 1;

    public bool IsStored { get; private set; }

    public bool IsRetried { get; private set; }

    public bool CanBeSent { get; private set; }

    public Page<BugReportRow> Reports { get; private set; } = null!;

    public async Task OnGetAsync(string? done, CancellationToken cancellationToken)
    {
        (IsStored, IsRetried) = (done == "kept", done == "retry");
        await ShowAsync(cancellationToken);
    }

    public async Task<IActionResult> OnPostAsync(IFormFile? picture, CancellationToken cancellationToken)
    {
        if (RequestLimiter.GetError(HttpContext) is { } limit)
        {
            return await RejectAsync(limit, cancellationToken);
        }

        var trace = IsTrace(Trace) ? Trace : Activity.Current?.TraceId.ToString();
        var written = await mediator.Send(
            new WriteBugReport(User.Id(), Title ?? "", Description ?? "", Names.Parse<BugSeverity>(Severity), await ReadAsync(picture, cancellationToken), trace),
            cancellationToken);

        return written.Error is { } error ? await RejectAsync(error, cancellationToken) : Redirect("/bug-report?done=kept");
    }

    public async Task<IActionResult> OnPostRetryAsync(Guid report, CancellationToken cancellationToken)
    {
        var error = RequestLimiter.GetError(HttpContext)
            ?? (await mediator.Send(new RetryBugReport(User.Id(), new BugReportId(report)), cancellationToken)).Error;

        return error is null ? Redirect("/bug-report?done=retry#reports") : await RejectAsync(error, cancellationToken);
    }

    /// <summary>Returns the resource key of the report's status.</summary>
    public string GetStatusKey(BugReportRow report) => report.Status switch
    {
        BugReportStatus.Sent => "Bugs.StateSent",
        BugReportStatus.Rejected => "Bugs.StateRejected",
        BugReportStatus.Queued => CanBeSent ? "Bugs.StateQueued" : "Bugs.StateStored",
    };

    public string? GetReason(BugReportRow report) => report.Failure is { Code: { } code, Message: { } message }
        ? errors.For(code, message, report.Failure.Arguments)
        : null;

    private async Task<IActionResult> RejectAsync(Error error, CancellationToken cancellationToken)
    {
        ModelState.AddError(error, errors);
        if (error.Kind == ErrorKind.LimitReached)
        {
            Response.StatusCode = ProblemDetailsFactory.ToStatusCode(error.Kind);
            ProblemDetailsFactory.SetRetryAfter(Response, error);
        }

        await ShowAsync(cancellationToken);

        return Page();
    }

    // One byte above the limit is enough for the validator to reject the file.
    private static async Task<byte[]?> ReadAsync(IFormFile? picture, CancellationToken cancellationToken)
    {
        if (picture is null)
        {
            return null;
        }

        await using var file = picture.OpenReadStream();
        var content = new byte[Math.Min(picture.Length, BugReportAttachment.MaxBytes + 1)];
        await file.ReadExactlyAsync(content, cancellationToken);

        return content;
    }

    private static bool IsTrace(string? text) => text?.Length == TraceLength && text.All(char.IsAsciiHexDigitLower);

    private async Task ShowAsync(CancellationToken cancellationToken) =>
        (Reports, CanBeSent) = await mediator.Send(new ListBugReports(User.Id(), Number), cancellationToken);
}
