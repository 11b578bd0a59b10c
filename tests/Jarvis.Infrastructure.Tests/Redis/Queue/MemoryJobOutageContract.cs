using System.Diagnostics;
using Jarvis.Application.Memories;
using Jarvis.Infrastructure.Redis.Queue;
using Microsoft.Extensions.Logging;
using StackExchange.Redis;
using static Jarvis.Infrastructure.Tests.Redis.Queue.QueueFixture;

namespace Jarvis.Infrastructure.Tests.Redis.Queue;

/// <summary>Promises of <see cref="IMemoryJobQueue"/> when Redis is unreachable or has lost data, tested on both Redis implementations.</summary>
public abstract class MemoryJobOutageContract(RedisFixture server)
{
    private readonly string name = Guid.NewGuid().ToString("N");

    [Fact]
    public async Task Job_can_be_enqueued_again_after_its_list_was_deleted()
    {
        using var queue = await QueueAsync();
        var job = AnyJob();
        await queue.EnqueueAsync(job);
        await queue.Redis.KeyDeleteAsync(queue.Keys.List);

        await queue.Queue.DequeueAsync(CancellationToken.None);
        await queue.EnqueueAsync(job);
        var leased = await queue.TakeAsync();

        leased.Job.Should().Be(job);
    }

    [Fact]
    public async Task Redis_outage_is_logged_once_by_enqueue_and_thrown_by_dequeue()
    {
        var (proxy, connectionString) = server.ConnectThroughProxy();
        using var cut = proxy;
        var log = new ListLogger<RedisMemoryJobQueue>();
        using var queue = await QueueAsync(connectionString: connectionString, logger: log);
        await queue.EnqueueAsync(AnyJob());
        proxy.Cut();
        await Eventually.IsTrueAsync(() => Task.FromResult(!queue.Redis.Multiplexer.IsConnected), "the driver detects the outage");
        var started = Stopwatch.GetTimestamp();

        await queue.EnqueueAsync(AnyJob());
        await queue.EnqueueAsync(AnyJob());
        var state = await queue.FindAsync(AnyJob());
        var elapsed = Stopwatch.GetElapsedTime(started);
        var act = () => queue.Queue.DequeueAsync(CancellationToken.None);

        await act.Should().ThrowAsync<MemoryQueueUnavailableException>();
        elapsed.Should().BeLessThan(TimeSpan.FromSeconds(2));
        state.Should().BeNull();
        log.Entries.Should().ContainSingle(entry => entry.Level == LogLevel.Warning);
    }

    [Fact]
    public async Task Unresponsive_Redis_delays_enqueue_by_at_most_three_seconds()
    {
        var (proxy, connectionString) = server.ConnectThroughProxy();
        using var cut = proxy;
        using var queue = await QueueAsync(connectionString: connectionString);
        proxy.Stall();
        var started = Stopwatch.GetTimestamp();

        await queue.EnqueueAsync(AnyJob());

        Stopwatch.GetElapsedTime(started).Should().BeLessThan(TimeSpan.FromSeconds(3));
    }

    [Fact]
    public async Task Queue_recovers_automatically_after_Redis_outage()
    {
        var (proxy, connectionString) = server.ConnectThroughProxy();
        using var cut = proxy;
        using var queue = await QueueAsync(connectionString: connectionString);
        var (before, after) = (AnyJob(), AnyJob());
        await queue.EnqueueAsync(before);
        proxy.Cut();
        await Eventually.IsTrueAsync(() => Task.FromResult(!queue.Redis.Multiplexer.IsConnected), "the driver detects the outage");
        proxy.Restore();
        await Eventually.IsTrueAsync(() => Task.FromResult(queue.Redis.Multiplexer.IsConnected), "the driver reconnects");

        await queue.EnqueueAsync(after);
        var first = await queue.TakeAsync();
        var second = await queue.TakeAsync();

        new[] { first.Job, second.Job }.Should().Equal(before, after);
    }

    [Fact]
    [Trait("Garnet", "smoke")]
    public async Task Flushed_Redis_scripts_are_loaded_again()
    {
        using var queue = await QueueAsync();
        var job = AnyJob();
        await queue.EnqueueAsync(AnyJob());
        await queue.CompleteAsync(await queue.TakeAsync());
        await queue.Redis.ExecuteAsync("SCRIPT", "FLUSH");

        await queue.EnqueueAsync(job);
        var leased = await queue.TakeAsync();
        await queue.Redis.ExecuteAsync("SCRIPT", "FLUSH");
        var isLeased = await queue.IsLeasedAsync(leased);
        await queue.CompleteAsync(leased);

        (leased.Job, isLeased).Should().Be((job, true));
        (await queue.FindAsync(job)).Should().BeNull();
    }

    private Task<QueueFixture> QueueAsync(QueueOptions? options = null, string? connectionString = null, ILogger<RedisMemoryJobQueue>? logger = null) =>
        StartAsync(server, name, options, connectionString, logger);
}

public sealed class GarnetMemoryJobOutageTests(GarnetFixture server) : MemoryJobOutageContract(server), IClassFixture<GarnetFixture>;

public sealed class RedisMemoryJobOutageTests(RealRedisUnderTest server) : MemoryJobOutageContract(server), IClassFixture<RealRedisUnderTest>;
