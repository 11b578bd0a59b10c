namespace Jarvis.Application.Memories;

/// <summary>How the queue of memory jobs stands, for whoever watches over it. Asking costs one short command.</summary>
public interface IMemoryQueueStatistics
{
    /// <summary>Null where Redis does not answer.</summary>
    Task<MemoryQueueStatistics?> ReadAsync(CancellationToken cancellationToken);
}

/// <param name="Depth">Jobs that nobody has taken yet.</param>
/// <param name="Oldest">For how long the first of them has been waiting; zero where none is, or a stranger's alone.</param>
/// <param name="Running">Jobs that are leased, of all workers.</param>
/// <param name="Delayed">Jobs that wait for their next attempt.</param>
/// <param name="Dead">Jobs that were given up.</param>
public sealed record MemoryQueueStatistics(long Depth, TimeSpan Oldest, long Running, long Delayed, long Dead);
