using Jarvis.Domain.Accounts;
using Jarvis.Domain.Common;
using Jarvis.Domain.Conversations;

namespace Jarvis.Application.Memories;

/// <summary>
/// The queue of conversations that memory has to read. It is a hint and the database the truth: whatever is lost here is
/// queued again by the sweep.
/// </summary>
public interface IMemoryJobQueue
{
    /// <summary>
    /// Queues a conversation; one that waits already is queued once. Fails soft: it returns within a second and never
    /// throws, whatever happens to Redis.
    /// </summary>
    Task EnqueueAsync(MemoryJob job, CancellationToken cancellationToken);

    /// <summary>Waits for the next job and leases it to the caller, or gives null after some seconds without any.</summary>
    /// <exception cref="MemoryQueueUnavailableException">Redis does not answer.</exception>
    Task<LeasedJob?> DequeueAsync(CancellationToken cancellationToken);

    /// <summary>
    /// Whether the job still is the caller's, to be asked before what it worked out is made to last. Redis confirms it by
    /// renewing the lease; where Redis does not answer within a second, it is the caller's until the lease ends. Where the
    /// answer is no, <see cref="LeasedJob.Lost"/> is cancelled as well.
    /// </summary>
    Task<bool> IsLeasedAsync(LeasedJob job, CancellationToken cancellationToken);

    /// <summary>The job is done and leaves the queue.</summary>
    Task CompleteAsync(LeasedJob job, CancellationToken cancellationToken);

    /// <summary>
    /// The job goes back: at once or later, with or without having cost an attempt; after the last attempt it lies among the
    /// dead letters with its reason.
    /// </summary>
    Task ReturnAsync(LeasedJob job, Error reason, bool costsAttempt, CancellationToken cancellationToken);

    /// <summary>How the conversation's job stands; null where there is none, and where Redis does not answer.</summary>
    Task<MemoryJobState?> FindAsync(MemoryJob job, CancellationToken cancellationToken);

    /// <summary>Takes a conversation's job out of the dead letters and queues it with all its attempts.</summary>
    /// <exception cref="MemoryQueueUnavailableException">Redis does not answer.</exception>
    Task RetryAsync(MemoryJob job, CancellationToken cancellationToken);
}

/// <summary>Ids only: no text of anybody lies in Redis.</summary>
public sealed record MemoryJob(UserId User, ConversationId Conversation);

/// <param name="Handle">What the queue knows this lease by.</param>
/// <param name="Lost">Cancelled when the lease was lost: another may have the job now, and this one must not write.</param>
public sealed record LeasedJob(MemoryJob Job, string Handle, CancellationToken Lost);

public enum MemoryJobPhase
{
    Queued,
    Running,
    Retrying,
    Dead,
}

/// <param name="LastError">Why it was returned the last time, as <c>code: message</c>; null where it was not.</param>
/// <param name="Arguments">What the message was filled with, for the same sentence in another language; null where with nothing.</param>
public sealed record MemoryJobState(MemoryJobPhase Phase, string? LastError, IReadOnlyList<string>? Arguments = null);

/// <summary>The queue cannot be reached.</summary>
public sealed class MemoryQueueUnavailableException(string message, Exception inner) : Exception(message, inner);
