using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Jarvis.Domain.Common;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.WebUtilities;

namespace Jarvis.Web.Errors;

/// <summary>Maps errors to problem documents (RFC 9457).</summary>
internal static class ProblemDetailsFactory
{
    public const string ContentType = "application/problem+json";

    public static int ToStatusCode(ErrorKind kind) => kind switch
    {
        ErrorKind.Unauthenticated => StatusCodes.Status401Unauthorized,
        ErrorKind.Forbidden => StatusCodes.Status403Forbidden,
        ErrorKind.NotFound => StatusCodes.Status404NotFound,
        ErrorKind.Conflict => StatusCodes.Status409Conflict,
        ErrorKind.Invalid => StatusCodes.Status422UnprocessableEntity,
        ErrorKind.LimitReached => StatusCodes.Status429TooManyRequests,
        ErrorKind.UpstreamFailed => StatusCodes.Status502BadGateway,
        ErrorKind.Unavailable => StatusCodes.Status503ServiceUnavailable,
    };

    /// <summary>Returns whether the client gets a problem document: API clients do, and browsers that open a page get the error page.</summary>
    public static bool WantsProblemDetails(HttpContext context)
    {
        var metadata = context.GetEndpoint()?.Metadata;

        return metadata?.GetMetadata<ApiEndpoint>() is not null
            || (metadata?.GetMetadata<PageActionDescriptor>() is null && !context.Request.AcceptsHtml());
    }

    public static bool AcceptsHtml(this HttpRequest request) =>
        request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase);

    /// <param name="ids">Ids of the objects that were stored despite the error.</param>
    public static Dictionary<string, object?> Create(HttpContext context, Error error, params (string Name, object Value)[] ids)
    {
        var text = context.RequestServices.GetRequiredService<IErrorText>();
        var document = Create(context, ToStatusCode(error.Kind), error.Code, text.For(error));
        if (error.Fields.Count > 0)
        {
            document["errors"] = error.Fields.ToDictionary(field => field.Key, field => field.Value.Select(text.For).ToArray());
        }

        foreach (var (name, value) in ids)
        {
            document[name] = value;
        }

        return document;
    }

    public static Dictionary<string, object?> Create(HttpContext context, int status, string code, string detail) => new()
    {
        ["type"] = $"urn:jarvis:error:{code}",
        ["title"] = ReasonPhrases.GetReasonPhrase(status),
        ["status"] = status,
        ["detail"] = detail,
        ["code"] = code,
        ["traceId"] = Activity.Current?.TraceId.ToString() ?? context.TraceIdentifier,
    };

    public static Task WriteAsync(HttpContext context, Error error, params (string Name, object Value)[] ids)
    {
        SetRetryAfter(context.Response, error);

        return WriteAsync(context, ToStatusCode(error.Kind), Create(context, error, ids));
    }

    /// <summary>Sets the <c>Retry-After</c> header if the error states a delay.</summary>
    public static void SetRetryAfter(HttpResponse response, Error error)
    {
        if (error.RetryAfter is { } delay)
        {
            response.Headers.RetryAfter = Math.Ceiling(delay.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        }
    }

    public static Task WriteAsync(HttpContext context, int status, Dictionary<string, object?> document)
    {
        context.Response.StatusCode = status;

        return context.Response.WriteAsJsonAsync(document, (JsonSerializerOptions?)null, ContentType, context.RequestAborted);
    }
}
