using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Jarvis.Worker;

/// <summary>Reports whether the worker's loops make progress, and the worker's state if not.</summary>
internal sealed class WorkerHealthCheck(WorkerHealth worker) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) => Task.FromResult(
        worker.IsProgressing
            ? HealthCheckResult.Healthy("ready")
            : new HealthCheckResult(context.Registration.FailureStatus, worker.State.ToString()));
}
