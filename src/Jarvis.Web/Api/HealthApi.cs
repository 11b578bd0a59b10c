using Jarvis.Infrastructure.Health;
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

    private static async Task<IResult> ReadyAsync(Readiness readiness, WorkerHealth worker, CancellationToken cancellationToken)
    {
        var parts = await readiness.LookAsync(cancellationToken);
        var ready = parts.All(part => part.IsReady || !part.IsNeeded);

        return Results.Json(
            new
            {
                status = ready ? "ready" : "unavailable",
                parts = parts
                    .Append(new PartState("worker", worker.IsProgressing ? "ready" : worker.State.ToString(), worker.IsProgressing, IsNeeded: false))
                    .ToDictionary(part => part.Name, part => new { state = part.State }),
            },
            statusCode: ready ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable);
    }
}
