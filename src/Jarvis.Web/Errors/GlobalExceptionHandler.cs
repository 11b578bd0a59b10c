using Jarvis.Application.Common;
using Jarvis.Application.Memories;
using Jarvis.Domain.Common;
using Jarvis.Infrastructure.Redis.Sessions;
using Microsoft.AspNetCore.Diagnostics;

namespace Jarvis.Web.Errors;

/// <summary>Outages and misuse at the edge: an exception that is known becomes its refusal, any other is logged, once, here.</summary>
internal sealed partial class GlobalExceptionHandler(IDatabaseErrorClassifier faults, ILogger<GlobalExceptionHandler> logger) : IExceptionHandler
{
    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        if (httpContext.RequestAborted.IsCancellationRequested)
        {
            return true;
        }

        var refusal = ToError(exception);
        if (refusal is null)
        {
            // The request's own path is by now that of the error page.
            LogUnexpected(exception, httpContext.Request.Method, httpContext.Features.Get<IExceptionHandlerPathFeature>()?.Path ?? httpContext.Request.Path);
        }
        else if (refusal == WebErrors.DatabaseUnavailable)
        {
            LogDatabaseUnavailable(exception.GetBaseException().Message);
        }

        if (!ProblemDetailsFactory.WantsProblemDetails(httpContext))
        {
            httpContext.Items[typeof(Error)] = refusal;

            return false;
        }

        await (exception switch
        {
            BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge or StatusCodes.Status415UnsupportedMediaType } bad =>
                ProblemDetailsFactory.WriteAsync(httpContext, bad.StatusCode, ProblemDetailsFactory.Create(httpContext, bad.StatusCode, "request.refused", bad.Message)),
            _ when refusal is not null => ProblemDetailsFactory.WriteAsync(httpContext, refusal),
            _ => ProblemDetailsFactory.WriteAsync(httpContext, StatusCodes.Status500InternalServerError, Unexpected(httpContext)),
        });

        return true;
    }

    private Error? ToError(Exception exception) => exception switch
    {
        BadHttpRequestException => WebErrors.Malformed,
        SessionStoreUnavailableException or MemoryQueueUnavailableException => WebErrors.RedisUnavailable,
        _ when faults.IsConflict(exception) => WebErrors.Conflict,
        _ when faults.IsTransient(exception) => WebErrors.DatabaseUnavailable,
        _ => null,
    };

    private static Dictionary<string, object?> Unexpected(HttpContext context) => ProblemDetailsFactory.Create(
        context,
        StatusCodes.Status500InternalServerError,
        "unexpected",
        "Something went wrong in Jarvis. Try again; if this persists, look up the trace id in the log.");

    [LoggerMessage(LogLevel.Warning, "The database isn't responding: {Reason}")]
    private partial void LogDatabaseUnavailable(string reason);

    [LoggerMessage(LogLevel.Error, "{Method} {Path} failed unexpectedly")]
    private partial void LogUnexpected(Exception exception, string method, string path);
}
