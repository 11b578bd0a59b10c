namespace Jarvis.Application.Memories;

/// <summary>Reports figures of the memory queue for monitoring. Each call costs one short command.</summary>
public interface IMemoryQueueStatistics
{
    /// <summary>Returns null if Redis is unavailable.</summary>
    Task<MemoryQueueStatistics?> ReadAsync(CancellationToken cancellationToken);
}

/// <param name="Depth">Jobs that wait for a worker.</param>
/// <param name="Oldest">Waiting time of the oldest job; zero for an empty queue or an invalid payload.</param>
/// <param name="Running">Leased jobs of all workers.</param>
/// <param name="Delayed">Jobs that wait for their next attempt.</param>
/// <param name="Dead">Dead-lettered jobs.</param>
public sealed record MemoryQueueStatistics(long Depth, TimeSpan Oldest, long Running, long Delayed, long Dead);
