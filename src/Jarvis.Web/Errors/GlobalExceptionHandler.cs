using Jarvis.Application.Common;
using Jarvis.Application.Memories;
using Jarvis.Domain.Common;
using Jarvis.Infrastructure.Redis.Sessions;
using Microsoft.AspNetCore.Diagnostics;

namespace Jarvis.Web.Errors;

/// <summary>Maps known exceptions to errors, and logs any other exception once.</summary>
internal sealed partial class GlobalExceptionHandler(IDatabaseErrorClassifier databaseErrors, ILogger<GlobalExceptionHandler> logger) : IExceptionHandler
{
    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        if (httpContext.RequestAborted.IsCancellationRequested)
        {
            return true;
        }

        var error = ToError(exception);
        if (error is null)
        {
            // The request's path is the error page's path by now.
            LogUnexpected(exception, httpContext.Request.Method, httpContext.Features.Get<IExceptionHandlerPathFeature>()?.Path ?? httpContext.Request.Path);
        }
        else if (error == WebErrors.DatabaseUnavailable)
        {
            LogDatabaseUnavailable(exception.GetBaseException().Message);
        }

        if (!ProblemDetailsFactory.WantsProblemDetails(httpContext))
        {
            httpContext.Items[typeof(Error)] = error;

            return false;
        }

        await (exception switch
        {
            BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge or StatusCodes.Status415UnsupportedMediaType } bad =>
                ProblemDetailsFactory.WriteAsync(httpContext, bad.StatusCode, ProblemDetailsFactory.Create(httpContext, bad.StatusCode, "request.refused", bad.Message)),
            _ when error is not null => ProblemDetailsFactory.WriteAsync(httpContext, error),
            _ => ProblemDetailsFactory.WriteAsync(httpContext, StatusCodes.Status500InternalServerError, Unexpected(httpContext)),
        });

        return true;
    }

    private Error? ToError(Exception exception) => exception switch
    {
        BadHttpRequestException => WebErrors.Malformed,
        SessionStoreUnavailableException or MemoryQueueUnavailableException => WebErrors.RedisUnavailable,
        _ when databaseErrors.IsConflict(exception) => WebErrors.Conflict,
        _ when databaseErrors.IsTransient(exception) => WebErrors.DatabaseUnavailable,
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
