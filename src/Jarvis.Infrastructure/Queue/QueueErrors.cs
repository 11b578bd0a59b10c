using Jarvis.Application.Memories;
using Jarvis.Domain.Common;

namespace Jarvis.Infrastructure.Queue;

/// <summary>Why the queue itself returned a job, or put it among the dead letters.</summary>
internal static class QueueErrors
{
    public static Error WorkerLost { get; } = new(ErrorKind.Unavailable, "memory.worker_lost", $"The worker stopped in the middle of it.");

    public static Error Unreadable { get; } = new(ErrorKind.Invalid, "memory.job_unreadable", $"This is no memory job.");

    public static Error UnknownVersion { get; } = new(
        ErrorKind.Invalid,
        "memory.job_version_unknown",
        $"This job is of a version that this Jarvis does not know.");

    public static MemoryQueueUnavailableException Unavailable(Exception e) => new("Redis, which holds the memory jobs, does not answer.", e);
}
