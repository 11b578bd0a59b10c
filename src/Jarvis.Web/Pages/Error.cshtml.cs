using System.Diagnostics;
using Jarvis.Domain.Common;
using Jarvis.Web.Errors;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Jarvis.Web.Pages;

/// <summary>Explains an error. The page must not depend on services that may have failed.</summary>
[AllowAnonymous]
[IgnoreAntiforgeryToken]
[ResponseCache(NoStore = true)]
internal sealed class ErrorModel(IErrorText errors) : PageModel
{
    public string TitleKey { get; private set; } = "Error.Title";

    public string TextKey { get; private set; } = "Error.Text";

    /// <summary>Text of the error, if it is known.</summary>
    public string? Reason { get; private set; }

    public string? TraceId { get; private set; }

    public void OnGet(int? status) => Show(status);

    public void OnPost(int? status) => Show(status);

    private void Show(int? status)
    {
        if (HttpContext.Items[typeof(Error)] is Error error)
        {
            Reason = errors.For(error);
            Response.StatusCode = ProblemDetailsFactory.ToStatusCode(error.Kind);
            ProblemDetailsFactory.SetRetryAfter(Response, error);
        }

        switch (status)
        {
            case StatusCodes.Status404NotFound:
                (TitleKey, TextKey) = ("Error.NotFoundTitle", "Error.NotFoundText");
                break;
            case StatusCodes.Status400BadRequest:
                (TitleKey, TextKey) = ("Error.StaleTitle", "Error.StaleText");
                break;
            case StatusCodes.Status403Forbidden:
                TitleKey = "Error.ForbiddenTitle";
                break;
            case StatusCodes.Status429TooManyRequests:
                TitleKey = "Error.LimitTitle";
                break;
            default:
                TraceId = Reason is null ? Activity.Current?.TraceId.ToString() ?? HttpContext.TraceIdentifier : null;
                break;
        }
    }
}
