using System.Diagnostics;
using Jarvis.Domain.Common;
using MediatR;
using Microsoft.Extensions.Logging;

namespace Jarvis.Application.Pipeline;

/// <summary>Records name, duration and outcome of every request, and never its contents.</summary>
internal sealed partial class LoggingBehaviour<TRequest, TResponse>(ILogger<LoggingBehaviour<TRequest, TResponse>> logger)
    : IPipelineBehavior<TRequest, TResponse>
{
    private static readonly string Name = typeof(TRequest).Name;

    public async Task<TResponse> Handle(TRequest request, CancellationToken cancellationToken, RequestHandlerDelegate<TResponse> next)
    {
        using var activity = JarvisTelemetry.ActivitySource.StartActivity(Name);
        var started = Stopwatch.GetTimestamp();

        var response = await next();

        var outcome = (response as IHasError)?.Error?.Code ?? "ok";
        activity?.SetTag("jarvis.outcome", outcome);
        LogHandled(Name, outcome, Stopwatch.GetElapsedTime(started).TotalMilliseconds);

        return response;
    }

    [LoggerMessage(LogLevel.Debug, "{Request}: {Outcome} in {Milliseconds:F1} ms")]
    private partial void LogHandled(string request, string outcome, double milliseconds);
}
