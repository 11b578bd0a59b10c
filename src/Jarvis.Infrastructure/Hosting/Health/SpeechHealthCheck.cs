using Jarvis.Application.Speech;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Jarvis.Infrastructure.Hosting.Health;

/// <summary>
/// Reports the last known state of the speech servers, because a slow speech server must not delay the health check. It is
/// always healthy: the browser speaks when no server does.
/// </summary>
internal sealed class SpeechHealthCheck(ISpeechProviders speech) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(HealthCheckResult.Healthy(GetState()));

    private string GetState() => speech.LastKnown.Count == 0
        ? "off"
        : string.Join(", ", speech.LastKnown.Select(server => $"{server.Key} {server.Value switch { null => "not checked yet", true => "ready", false => "unavailable" }}"));
}
