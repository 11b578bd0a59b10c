using System.Diagnostics;
using Jarvis.Application.Memories;
using Jarvis.Infrastructure.Redis.Queue;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using StackExchange.Redis;
using static Jarvis.Infrastructure.Tests.Redis.Queue.QueueFixture;

namespace Jarvis.Infrastructure.Tests.Redis.Queue;

/// <summary>Promises of <see cref="IMemoryJobQueue"/> about leases, tested on both Redis implementations.</summary>
public abstract class MemoryJobLeaseContract(RedisFixture server)
{
    private readonly string name = Guid.NewGuid().ToString("N");

    [Fact]
    [Trait("Garnet", "smoke")]
    public async Task Job_of_killed_worker_is_taken_over_once_when_its_lease_expires()
    {
        var options = new QueueOptions { Lease = TimeSpan.FromSeconds(1) };
        using var survivor = await QueueAsync(options);
        var job = AnyJob();
        using (var victim = await QueueAsync(options))
        {
            await victim.EnqueueAsync(job);
            await victim.TakeAsync();
        }

        var early = await survivor.FindAsync(job);
        var leased = await survivor.TakeAsync();
        await survivor.CompleteAsync(leased);
        var afterwards = await survivor.Queue.DequeueAsync(CancellationToken.None);

        early!.Phase.Should().Be(MemoryJobPhase.Running);
        leased.Job.Should().Be(job);
        afterwards.Should().BeNull();
    }

    [Fact]
    public async Task Job_taken_but_not_leased_by_killed_worker_is_taken_first()
    {
        using var queue = await QueueAsync();
        var (unleased, waiting) = (AnyJob(), AnyJob());
        await queue.EnqueueAsync(unleased);
        await queue.Redis.ListMoveAsync(queue.Keys.List, queue.Keys.Leased, ListSide.Right, ListSide.Left);
        await queue.EnqueueAsync(waiting);

        var first = await queue.TakeAsync();
        var second = await queue.TakeAsync();

        new[] { first.Job, second.Job }.Should().Equal(unleased, waiting);
    }

    [Fact]
    public async Task Job_longer_than_its_lease_stays_with_its_worker()
    {
        var options = new QueueOptions { Lease = TimeSpan.FromSeconds(4) };
        using var queue = await QueueAsync(options);
        using var other = await QueueAsync(options);
        await queue.EnqueueAsync(AnyJob());
        var leased = await queue.TakeAsync();
        var started = Stopwatch.GetTimestamp();

        var dequeued = new List<LeasedJob?>();
        while (Stopwatch.GetElapsedTime(started) < TimeSpan.FromSeconds(9))
        {
            dequeued.Add(await other.Queue.DequeueAsync(CancellationToken.None));
        }

        dequeued.Should().OnlyContain(job => job == null);
        leased.Lost.IsCancellationRequested.Should().BeFalse();
    }

    [Fact]
    [Trait("Garnet", "smoke")]
    public async Task Lost_lease_is_signalled_and_blocks_completing_or_returning_the_job()
    {
        var options = new QueueOptions { Lease = TimeSpan.FromSeconds(1) };
        using var queue = await QueueAsync(options);
        var job = AnyJob();
        await queue.EnqueueAsync(job);
        var late = await queue.TakeAsync();
        await queue.Redis.HashSetAsync(queue.Keys.All[4], $"{job.User}:{job.Conversation}", "another");

        await Eventually.IsTrueAsync(() => Task.FromResult(late.Lost.IsCancellationRequested), "the lost lease is signalled");
        await queue.CompleteAsync(late);
        await queue.FailAsync(late);

        (await queue.FindAsync(job))!.Phase.Should().Be(MemoryJobPhase.Running);
    }

    [Fact]
    public async Task Lease_is_held_until_the_job_completes()
    {
        using var queue = await QueueAsync();
        await queue.EnqueueAsync(AnyJob());
        var leased = await queue.TakeAsync();

        var leasedWhileRunning = await queue.IsLeasedAsync(leased);
        await queue.CompleteAsync(leased);

        leasedWhileRunning.Should().BeTrue();
        (await queue.IsLeasedAsync(leased)).Should().BeFalse();
    }

    [Fact]
    public async Task Worker_suspended_past_its_lease_learns_that_the_lease_is_lost()
    {
        // No timer fires and no time passes: the view of a process that was suspended and has just resumed.
        var frozenClock = new FakeTimeProvider();
        var options = new QueueOptions { Lease = TimeSpan.FromSeconds(1) };
        using var stopped = await StartAsync(server, name, options, clock: frozenClock);
        using var other = await QueueAsync(options);
        await stopped.EnqueueAsync(AnyJob());
        var late = await stopped.TakeAsync();
        var leased = await other.TakeAsync();

        var isLeased = await stopped.IsLeasedAsync(late);

        isLeased.Should().BeFalse();
        late.Lost.IsCancellationRequested.Should().BeTrue();
        (await other.IsLeasedAsync(leased)).Should().BeTrue();
    }

    [Fact]
    public async Task Lease_check_renews_the_lease()
    {
        var frozenClock = new FakeTimeProvider();
        var options = new QueueOptions { Lease = TimeSpan.FromSeconds(2) };
        using var queue = await StartAsync(server, name, options, clock: frozenClock);
        var job = AnyJob();
        await queue.EnqueueAsync(job);
        var leased = await queue.TakeAsync();
        var before = await LeaseEndAsync(queue, job);

        await Eventually.IsTrueAsync(
            async () => await queue.IsLeasedAsync(leased) && await LeaseEndAsync(queue, job) > before,
            "the lease ends later");

        leased.Lost.IsCancellationRequested.Should().BeFalse();
    }

    [Fact]
    public async Task Lease_is_held_until_it_expires_during_Redis_outage()
    {
        var (proxy, connectionString) = server.ConnectThroughProxy();
        using var cut = proxy;
        var clock = new FakeTimeProvider();
        using var queue = await StartAsync(server, name, new QueueOptions { Lease = TimeSpan.FromSeconds(30) }, connectionString, clock: clock);
        await queue.EnqueueAsync(AnyJob());
        var leased = await queue.TakeAsync();
        proxy.Cut();
        await Eventually.IsTrueAsync(() => Task.FromResult(!queue.Redis.Multiplexer.IsConnected), "the driver detects the outage");

        var before = await queue.IsLeasedAsync(leased);
        clock.Advance(TimeSpan.FromSeconds(30));
        var after = await queue.IsLeasedAsync(leased);

        (before, after).Should().Be((true, false));
    }

    [Fact]
    public async Task Lease_that_cannot_be_renewed_is_lost_on_expiry()
    {
        var (proxy, connectionString) = server.ConnectThroughProxy();
        using var cut = proxy;
        using var queue = await QueueAsync(new QueueOptions { Lease = TimeSpan.FromSeconds(1) }, connectionString);
        await queue.EnqueueAsync(AnyJob());
        var leased = await queue.TakeAsync();

        proxy.Cut();

        await Eventually.IsTrueAsync(() => Task.FromResult(leased.Lost.IsCancellationRequested), "the lease is lost");
    }

    // Sorted set of the lease ends.
    private static async Task<double> LeaseEndAsync(QueueFixture queue, MemoryJob job) =>
        (await queue.Redis.SortedSetScoreAsync(queue.Keys.All[3], $"{job.User}:{job.Conversation}"))!.Value;

    private Task<QueueFixture> QueueAsync(QueueOptions? options = null, string? connectionString = null, ILogger<RedisMemoryJobQueue>? logger = null) =>
        StartAsync(server, name, options, connectionString, logger);
}

public sealed class GarnetMemoryJobLeaseTests(GarnetFixture server) : MemoryJobLeaseContract(server), IClassFixture<GarnetFixture>;

public sealed class RedisMemoryJobLeaseTests(RealRedisUnderTest server) : MemoryJobLeaseContract(server), IClassFixture<RealRedisUnderTest>;
