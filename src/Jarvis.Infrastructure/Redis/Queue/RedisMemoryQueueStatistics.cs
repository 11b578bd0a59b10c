using Jarvis.Application.Memories;
using Jarvis.Infrastructure.Redis;
using StackExchange.Redis;

namespace Jarvis.Infrastructure.Redis.Queue;

internal sealed class RedisMemoryQueueStatistics(IConnectionMultiplexer redis, QueueKeys keys) : IMemoryQueueStatistics
{
    public async Task<MemoryQueueStatistics?> ReadAsync(CancellationToken cancellationToken)
    {
        try
        {
            var answer = await redis.GetDatabase().ScriptEvaluateAsync(QueueScripts.Statistics, keys.All).WaitAsync(cancellationToken);
            var figures = (long[])answer!;

            return new MemoryQueueStatistics(figures[0], TimeSpan.FromMilliseconds(figures[1]), figures[2], figures[3], figures[4]);
        }
        catch (Exception e) when (RedisOutageLogger.IsTransient(e))
        {
            // Who works on the queue says so; no figures say it as well.
            return null;
        }
    }
}
