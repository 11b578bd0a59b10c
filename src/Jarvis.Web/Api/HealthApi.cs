using Jarvis.Infrastructure.Hosting.Health;
using Jarvis.Worker;

namespace Jarvis.Web.Api;

/// <summary>For whoever watches over the process: open to anybody, and telling nothing but states.</summary>
internal static class HealthApi
{
    public static void MapHealthApi(this IEndpointRouteBuilder routes)
    {
        var health = routes.MapApi("/health").AllowAnonymous();
        health.MapGet("/live", () => new { status = "live" });
        health.MapGet("/ready", ReadyAsync);
    }

    // The worker is a part of this process only where there is no other.
    private static async Task<IResult> ReadyAsync(Readiness readiness, IServiceProvider services, CancellationToken cancellationToken)
    {
        var parts = await readiness.CheckAsync(cancellationToken);

        return Readiness.Report(services.GetService<WorkerHealth>() is { } worker ? [.. parts, worker.ToHealthCheckResult(isNeeded: false)] : parts);
    }
}
