using StackExchange.Redis;

namespace Jarvis.Infrastructure.Redis.Queue;

/// <summary>
/// The list that anybody may push to, and the queue's own books. The hash tag puts the books into the list's cluster slot, so
/// that one script may touch them all.
/// </summary>
/// <param name="list"><c>jarvis:memory:jobs</c>; tests bring a name of their own.</param>
internal sealed class QueueKeys(string list)
{
    public const string MemoryJobs = "jarvis:memory:jobs";

    public RedisKey List { get; } = list;

    /// <summary>Where a job lies between leaving the list and being leased: nothing is lost if its taker dies right then.</summary>
    public RedisKey Leased { get; } = $"{{{list}}}:taken";

    /// <summary>What was given up: a hash of JSON by member, or by the beginning of a stranger's.</summary>
    public RedisKey Dead { get; } = $"{{{list}}}:dead";

    /// <summary>In the order in which <see cref="QueueScripts"/> names them.</summary>
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
