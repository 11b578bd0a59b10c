using Jarvis.Domain.Common;
using Jarvis.Domain.Conversations;

namespace Jarvis.Application.Memories;

/// <summary>
/// Queue of conversations that memory has to process. The database is the source of truth: the sweep queues lost jobs again.
/// </summary>
public interface IMemoryJobQueue
{
    /// <summary>
    /// Queues a conversation. Waiting duplicates are merged. Returns within a second and never throws, even if Redis is
    /// unavailable.
    /// </summary>
    Task EnqueueAsync(MemoryJob job, CancellationToken cancellationToken);

    /// <summary>Waits for the next job and leases it to the caller. Returns null after a few seconds without a job.</summary>
    /// <exception cref="MemoryQueueUnavailableException">Redis is unavailable.</exception>
    Task<LeasedJob?> DequeueAsync(CancellationToken cancellationToken);

    /// <summary>
    /// Checks that the caller still holds the lease. Call it before storing the result. Redis confirms the lease by renewing it; if
    /// Redis does not respond within a second, the caller holds the job until the lease expires. A negative result also cancels
    /// <see cref="LeasedJob.Lost"/>.
    /// </summary>
    Task<bool> IsLeasedAsync(LeasedJob job, CancellationToken cancellationToken);

    /// <summary>Removes a completed job from the queue.</summary>
    Task CompleteAsync(LeasedJob job, CancellationToken cancellationToken);

    /// <summary>
    /// Returns the job to the queue: immediately or with a delay, and with or without counting the attempt. After the last attempt,
    /// the job is dead-lettered with its error.
    /// </summary>
    Task ReturnAsync(LeasedJob job, Error reason, bool costsAttempt, CancellationToken cancellationToken);

    /// <summary>Returns the state of the conversation's job; null without a job, or if Redis is unavailable.</summary>
    Task<MemoryJobState?> FindAsync(MemoryJob job, CancellationToken cancellationToken);

    /// <summary>Moves the conversation's job from the dead letters to the queue, with all its attempts.</summary>
    /// <exception cref="MemoryQueueUnavailableException">Redis is unavailable.</exception>
    Task RetryAsync(MemoryJob job, CancellationToken cancellationToken);
}

/// <summary>A job. It contains ids only, because Redis must not contain user text.</summary>
public sealed record MemoryJob(UserId User, ConversationId Conversation);

/// <param name="Handle">Id of the lease in the queue.</param>
/// <param name="Lost">Canceled when the lease is lost. Another worker may hold the job then, and this one must not write.</param>
public sealed record LeasedJob(MemoryJob Job, string Handle, CancellationToken Lost);

public enum MemoryJobPhase
{
    Queued,
    Running,
    Retrying,
    Dead,
}

/// <param name="LastError">Error of the last attempt, as <c>code: message</c>; null if no attempt failed.</param>
/// <param name="Arguments">Arguments of the message, for the same sentence in another language; null if the message has none.</param>
public sealed record MemoryJobState(MemoryJobPhase Phase, string? LastError, IReadOnlyList<string>? Arguments = null);

/// <summary>The queue is unavailable.</summary>
public sealed class MemoryQueueUnavailableException(string message, Exception inner) : Exception(message, inner);
