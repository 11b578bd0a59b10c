using Jarvis.Application.Memories;
using Jarvis.Domain.Common;

namespace Jarvis.Infrastructure.Redis.Queue;

/// <summary>Reasons for which the queue itself returns a job or adds it to the dead letters.</summary>
internal static class QueueErrors
{
    public static Error WorkerLost { get; } = new(ErrorKind.Unavailable, "memory.worker_lost", $"The worker stopped during the job.");

    public static Error Unreadable { get; } = new(ErrorKind.Invalid, "memory.job_unreadable", $"This isn't a memory job.");

    public static Error UnknownVersion { get; } = new(
        ErrorKind.Invalid,
        "memory.job_version_unknown",
        $"This Jarvis doesn't support the version of this job.");

    public static MemoryQueueUnavailableException Unavailable(Exception e) => new("Redis, which stores the memory jobs, isn't responding.", e);
}
