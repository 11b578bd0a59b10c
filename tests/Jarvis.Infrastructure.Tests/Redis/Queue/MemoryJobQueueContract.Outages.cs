using System.Diagnostics;
using Jarvis.Application.Memories;
using Jarvis.Infrastructure.Redis.Queue;
using Jarvis.TestSupport.Services;
using Microsoft.Extensions.Logging;
using StackExchange.Redis;
using static Jarvis.Infrastructure.Tests.Redis.Queue.QueueFixture;

namespace Jarvis.Infrastructure.Tests.Redis.Queue;

/// <summary>Outages of Redis.</summary>
public abstract partial class MemoryJobQueueContract
{
    [Fact]
    public async Task Redis_outage_is_logged_once_by_enqueue_and_thrown_by_take()
    {
        var (line, connectionString) = server.ConnectThroughProxy();
        using var cut = line;
        var log = new ListLogger<RedisMemoryJobQueue>();
        using var queue = await QueueAsync(connectionString: connectionString, logger: log);
        await queue.EnqueueAsync(AnyJob());
        line.Cut();
        await Eventually.IsTrueAsync(() => Task.FromResult(!queue.Redis.Multiplexer.IsConnected), "the driver noticed");
        var started = Stopwatch.GetTimestamp();

        await queue.EnqueueAsync(AnyJob());
        await queue.EnqueueAsync(AnyJob());
        var state = await queue.FindAsync(AnyJob());
        var elapsed = Stopwatch.GetElapsedTime(started);
        var taking = () => queue.Queue.DequeueAsync(CancellationToken.None);

        await taking.Should().ThrowAsync<MemoryQueueUnavailableException>();
        elapsed.Should().BeLessThan(TimeSpan.FromSeconds(2));
        state.Should().BeNull();
        log.Entries.Should().ContainSingle(entry => entry.Level == LogLevel.Warning);
    }

    [Fact]
    public async Task Unresponsive_Redis_delays_enqueue_by_at_most_three_seconds()
    {
        var (line, connectionString) = server.ConnectThroughProxy();
        using var cut = line;
        using var queue = await QueueAsync(connectionString: connectionString);
        line.Stall();
        var started = Stopwatch.GetTimestamp();

        await queue.EnqueueAsync(AnyJob());

        Stopwatch.GetElapsedTime(started).Should().BeLessThan(TimeSpan.FromSeconds(3));
    }

    [Fact]
    public async Task Queue_recovers_automatically_after_Redis_outage()
    {
        var (line, connectionString) = server.ConnectThroughProxy();
        using var cut = line;
        using var queue = await QueueAsync(connectionString: connectionString);
        var (before, after) = (AnyJob(), AnyJob());
        await queue.EnqueueAsync(before);
        line.Cut();
        await Eventually.IsTrueAsync(() => Task.FromResult(!queue.Redis.Multiplexer.IsConnected), "the driver noticed");
        line.Restore();
        await Eventually.IsTrueAsync(() => Task.FromResult(queue.Redis.Multiplexer.IsConnected), "the driver is back");

        await queue.EnqueueAsync(after);
        var first = await queue.TakeAsync();
        var second = await queue.TakeAsync();

        new[] { first.Job, second.Job }.Should().Equal(before, after);
    }

    [Fact]
    public async Task Lease_that_cannot_be_renewed_is_lost_on_expiry()
    {
        var (line, connectionString) = server.ConnectThroughProxy();
        using var cut = line;
        using var queue = await QueueAsync(new QueueOptions { Lease = TimeSpan.FromSeconds(1) }, connectionString);
        await queue.EnqueueAsync(AnyJob());
        var leased = await queue.TakeAsync();

        line.Cut();

        await Eventually.IsTrueAsync(() => Task.FromResult(leased.Lost.IsCancellationRequested), "the lease is lost");
    }

    [Fact]
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
        var held = await queue.IsHeldAsync(leased);
        await queue.CompleteAsync(leased);

        (leased.Job, held).Should().Be((job, true));
        (await queue.FindAsync(job)).Should().BeNull();
    }
}
