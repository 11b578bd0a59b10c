using Jarvis.Application.Memories;
using StackExchange.Redis;

namespace Jarvis.Infrastructure.Redis.Queue;

internal sealed class RedisMemoryQueueStatistics(IConnectionMultiplexer redis, QueueKeys keys) : IMemoryQueueStatistics
{
    // Silent: the worker's own commands log the outage.
    public Task<MemoryQueueStatistics?> ReadAsync(CancellationToken cancellationToken) => ResilientRedis.Silent.TryAsync(
        async () =>
        {
            var figures = (long[])(await redis.GetDatabase().ScriptEvaluateAsync(QueueScripts.Statistics, keys.All))!;

            return new MemoryQueueStatistics(figures[0], TimeSpan.FromMilliseconds(figures[1]), figures[2], figures[3], figures[4]);
        },
        cancellationToken: cancellationToken);
}
