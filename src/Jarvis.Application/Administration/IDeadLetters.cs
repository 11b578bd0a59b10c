using Jarvis.Application.Memories;

namespace Jarvis.Application.Administration;

/// <summary>Stores failed memory jobs and invalid payloads from the queue.</summary>
public interface IDeadLetters
{
    /// <summary>Returns the newest dead letters first.</summary>
    /// <exception cref="MemoryQueueUnavailableException">Redis is unavailable.</exception>
    Task<IReadOnlyList<DeadLetter>> ListAsync(int most, CancellationToken cancellationToken);

    /// <summary>Returns null if a dead letter with this id does not exist.</summary>
    /// <exception cref="MemoryQueueUnavailableException">Redis is unavailable.</exception>
    Task<DeadLetter?> FindAsync(string id, CancellationToken cancellationToken);

    /// <summary>Removes the dead letter without running its job.</summary>
    /// <exception cref="MemoryQueueUnavailableException">Redis is unavailable.</exception>
    Task DiscardAsync(string id, CancellationToken cancellationToken);
}

/// <param name="Id">Id in the queue; the start of the payload if the payload is invalid.</param>
/// <param name="Job">Null for an invalid payload.</param>
/// <param name="At">Time at which the job was dead-lettered.</param>
/// <param name="Attempts">Number of attempts.</param>
public sealed record DeadLetter(string Id, MemoryJob? Job, MemoryFailure Reason, DateTimeOffset At, int Attempts);
