using StackExchange.Redis;

namespace Jarvis.Infrastructure.Redis.Queue;

/// <summary>
/// The list that other programs may push jobs to, and the keys that only the queue uses. Their hash tag puts them into the cluster
/// slot of the list, so that one script may access them all.
/// </summary>
/// <param name="list"><c>jarvis:memory:jobs</c>; tests use their own.</param>
internal sealed class QueueKeys(string list)
{
    public const string MemoryJobs = "jarvis:memory:jobs";

    public RedisKey List { get; } = list;

    /// <summary>List of the jobs that left <see cref="List"/> and aren't leased yet. They are not lost if the worker is killed then.</summary>
    public RedisKey Leased { get; } = $"{{{list}}}:taken";

    /// <summary>Hash of the dead letters as JSON. The field is the job's identifier, or the beginning of a payload that isn't a job.</summary>
    public RedisKey Dead { get; } = $"{{{list}}}:dead";

    /// <summary>All keys in the order in which <see cref="QueueScripts"/> expects them.</summary>
    public RedisKey[] All { get; } =
    [
        list,
        $"{{{list}}}:taken",
        $"{{{list}}}:queued",
        $"{{{list}}}:processing",
        $"{{{list}}}:processing:owner",
        $"{{{list}}}:processing:again",
        $"{{{list}}}:delayed",
        $"{{{list}}}:attempts",
        $"{{{list}}}:reason",
        $"{{{list}}}:dead",
    ];
}
