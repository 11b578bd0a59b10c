using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Jarvis.Infrastructure.Hosting.Health;

/// <summary>Endpoints for container and load balancer probes, which the web and the worker process share. They return states only.</summary>
public static class HealthEndpoints
{
    /// <summary>Maps <c>live</c> and <c>ready</c> under the group's prefix.</summary>
    public static void MapHealth(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/live", () => new { status = "live" });
        routes.MapGet("/ready", async (HealthCheckService health, CancellationToken cancellationToken) =>
            ToResponse(await health.CheckHealthAsync(cancellationToken)));
    }

    // The framework's own endpoint accepts every HTTP method and sets its own cache headers.
    private static IResult ToResponse(HealthReport report)
    {
        var isReady = report.Status != HealthStatus.Unhealthy;

        return Results.Json(
            new { status = isReady ? "ready" : "unavailable", parts = report.Entries.ToDictionary(entry => entry.Key, entry => new { state = GetState(entry.Value) }) },
            statusCode: isReady ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable);
    }

    // After an exception or a timeout, the description is the exception's message, which may contain addresses.
    private static string GetState(HealthReportEntry entry) => entry switch
    {
        { Exception: not null } => "unavailable",
        { Description: { } state } => state,
        { Status: HealthStatus.Healthy } => "ready",
        _ => "unavailable",
    };
}
