using Jarvis.Application.Memories;
using Jarvis.Domain.Common;
using Jarvis.Infrastructure.Redis;
using Jarvis.Infrastructure.Redis.Queue;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using StackExchange.Redis;

namespace Jarvis.Infrastructure.Tests.Redis.Queue;

/// <summary>Queue client of one process, with keys of one test.</summary>
internal sealed class QueueFixture : IDisposable
{
    private readonly ConnectionMultiplexer redis;

    private QueueFixture(ConnectionMultiplexer redis, RedisMemoryJobQueue queue, QueueKeys keys) => (this.redis, Queue, Keys) = (redis, queue, keys);

    public RedisMemoryJobQueue Queue { get; }

    public QueueKeys Keys { get; }

    public IDatabase Redis => redis.GetDatabase();

    public static async Task<QueueFixture> StartAsync(
        RedisFixture server,
        string name,
        QueueOptions? options = null,
        string? connectionString = null,
        ILogger<RedisMemoryJobQueue>? logger = null,
        TimeProvider? clock = null)
    {
        var keys = new QueueKeys($"test:{name}:jobs");
        var redis = await server.ConnectAsync(connectionString);
        var queue = new RedisMemoryJobQueue(
            redis,
            new RedisSettings(connectionString ?? server.ConnectionString),
            keys,
            Options.Create(options ?? new QueueOptions { RetryDelay = TimeSpan.FromMilliseconds(100), Lease = TimeSpan.FromSeconds(10) }),
            clock ?? TimeProvider.System,
            logger ?? NullLogger<RedisMemoryJobQueue>.Instance);

        return new QueueFixture(redis, queue, keys);
    }

    public static MemoryJob AnyJob() => new(UserId.New(TimeProvider.System.GetUtcNow()), ConversationId.New(TimeProvider.System.GetUtcNow()));

    public static Error BadOutput { get; } = new(ErrorKind.UpstreamFailed, "memory.bad_output", $"The model returned an invalid summary.");

    public Task EnqueueAsync(MemoryJob job) => Queue.EnqueueAsync(job, CancellationToken.None);

    public async Task<LeasedJob> TakeAsync()
    {
        for (var i = 0; i < 10; i++)
        {
            if (await Queue.DequeueAsync(CancellationToken.None) is { } job)
            {
                return job;
            }
        }

        throw new TimeoutException("The queue returned no job.");
    }

    public Task<bool> IsLeasedAsync(LeasedJob job) => Queue.IsLeasedAsync(job, CancellationToken.None);

    public Task<MemoryQueueStatistics?> StatisticsAsync() => new RedisMemoryQueueStatistics(redis, Keys).ReadAsync(CancellationToken.None);

    public Task CompleteAsync(LeasedJob job) => Queue.CompleteAsync(job, CancellationToken.None);

    public Task FailAsync(LeasedJob job) => Queue.ReturnAsync(job, BadOutput, costsAttempt: true, CancellationToken.None);

    public Task<MemoryJobState?> FindAsync(MemoryJob job) => Queue.FindAsync(job, CancellationToken.None);

    public async Task<long> CountWaitingAsync() => await Redis.ListLengthAsync(Keys.List) + await Redis.ListLengthAsync(Keys.Leased);

    /// <summary>Ends like a killed process: leases stay and are not renewed.</summary>
    public void Dispose()
    {
        Queue.Dispose();
        redis.Dispose();
    }
}
