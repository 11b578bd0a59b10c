using Jarvis.Application.Memories;

namespace Jarvis.Application.Administration;

/// <summary>The memory jobs that were given up, and what strangers put into the queue that was none.</summary>
public interface IDeadLetters
{
    /// <summary>The latest first.</summary>
    /// <exception cref="MemoryQueueUnavailableException">Redis does not answer.</exception>
    Task<IReadOnlyList<DeadLetter>> ListAsync(int most, CancellationToken cancellationToken);

    /// <summary>Null where there is none of that id, or no more.</summary>
    /// <exception cref="MemoryQueueUnavailableException">Redis does not answer.</exception>
    Task<DeadLetter?> FindAsync(string id, CancellationToken cancellationToken);

    /// <summary>Takes it out; its job is not done by that.</summary>
    /// <exception cref="MemoryQueueUnavailableException">Redis does not answer.</exception>
    Task DiscardAsync(string id, CancellationToken cancellationToken);
}

/// <param name="Id">What the queue knows it by; a stranger's is the beginning of what came.</param>
/// <param name="Job">Null for a stranger's.</param>
/// <param name="At">When it was given up.</param>
/// <param name="Attempts">How many there were.</param>
public sealed record DeadLetter(string Id, MemoryJob? Job, MemoryFailure Reason, DateTimeOffset At, int Attempts);
