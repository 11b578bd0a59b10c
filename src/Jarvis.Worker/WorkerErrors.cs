using Jarvis.Domain.Common;

namespace Jarvis.Worker;

internal static class WorkerErrors
{
    public static Error Stopping { get; } = new(ErrorKind.Unavailable, "memory.worker_stopping", $"The worker was stopped; another one continues.");

    public static Error DatabaseUnavailable { get; } = new(ErrorKind.Unavailable, "memory.database_unavailable", $"The database isn't responding.");

    public static Error Unexpected { get; } = new(ErrorKind.UpstreamFailed, "memory.unexpected", $"Something unexpected went wrong; the log has the details.");
}
