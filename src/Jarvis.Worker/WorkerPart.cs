using Jarvis.Infrastructure.Health;

namespace Jarvis.Worker;

public static class WorkerPart
{
    /// <summary>The worker as a part of what <c>/health/ready</c> tells: it is ready while it gets on.</summary>
    public static PartState AsPart(this WorkerHealth worker, bool isNeeded)
    {
        ArgumentNullException.ThrowIfNull(worker);
        var isReady = worker.IsProgressing;

        return new PartState("worker", isReady ? "ready" : worker.State.ToString(), isReady, isNeeded);
    }
}
