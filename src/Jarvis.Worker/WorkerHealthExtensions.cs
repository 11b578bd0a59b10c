using Jarvis.Infrastructure.Hosting.Health;

namespace Jarvis.Worker;

public static class WorkerHealthExtensions
{
    /// <summary>The worker as a part of what <c>/health/ready</c> tells: it is ready while it gets on.</summary>
    public static HealthCheckResult ToHealthCheckResult(this WorkerHealth worker, bool isNeeded)
    {
        ArgumentNullException.ThrowIfNull(worker);
        var isReady = worker.IsProgressing;

        return new HealthCheckResult("worker", isReady ? "ready" : worker.State.ToString(), isReady, isNeeded);
    }
}
