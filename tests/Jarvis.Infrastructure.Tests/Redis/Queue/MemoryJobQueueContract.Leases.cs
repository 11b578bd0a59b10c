using System.Diagnostics;
using Jarvis.Application.Memories;
using Jarvis.Infrastructure.Redis.Queue;
using Jarvis.TestSupport.Services;
using Microsoft.Extensions.Time.Testing;
using StackExchange.Redis;
using static Jarvis.Infrastructure.Tests.Redis.Queue.QueueFixture;

namespace Jarvis.Infrastructure.Tests.Redis.Queue;

/// <summary>Leases of jobs.</summary>
public abstract partial class MemoryJobQueueContract
{
    [Fact]
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
        var taken = await survivor.TakeAsync();
        await survivor.CompleteAsync(taken);
        var afterwards = await survivor.Queue.DequeueAsync(CancellationToken.None);

        early!.Phase.Should().Be(MemoryJobPhase.Running);
        taken.Job.Should().Be(job);
        afterwards.Should().BeNull();
    }

    [Fact]
    public async Task Job_taken_but_not_leased_by_killed_worker_is_taken_first()
    {
        using var queue = await QueueAsync();
        var (stranded, waiting) = (AnyJob(), AnyJob());
        await queue.EnqueueAsync(stranded);
        await queue.Redis.ListMoveAsync(queue.Keys.List, queue.Keys.Leased, ListSide.Right, ListSide.Left);
        await queue.EnqueueAsync(waiting);

        var first = await queue.TakeAsync();
        var second = await queue.TakeAsync();

        new[] { first.Job, second.Job }.Should().Equal(stranded, waiting);
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

        var stolen = new List<LeasedJob?>();
        while (Stopwatch.GetElapsedTime(started) < TimeSpan.FromSeconds(9))
        {
            stolen.Add(await other.Queue.DequeueAsync(CancellationToken.None));
        }

        stolen.Should().OnlyContain(job => job == null);
        leased.Lost.IsCancellationRequested.Should().BeFalse();
    }

    [Fact]
    public async Task Lost_lease_is_signalled_and_blocks_completing_or_returning_the_job()
    {
        var options = new QueueOptions { Lease = TimeSpan.FromSeconds(1) };
        using var queue = await QueueAsync(options);
        var job = AnyJob();
        await queue.EnqueueAsync(job);
        var late = await queue.TakeAsync();
        await queue.Redis.HashSetAsync(queue.Keys.All[4], $"{job.User}:{job.Conversation}", "another");

        await Eventually.IsTrueAsync(() => Task.FromResult(late.Lost.IsCancellationRequested), "the worker is told");
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

        var meanwhile = await queue.IsHeldAsync(leased);
        await queue.CompleteAsync(leased);

        meanwhile.Should().BeTrue();
        (await queue.IsHeldAsync(leased)).Should().BeFalse();
    }

    [Fact]
    public async Task Worker_suspended_past_its_lease_learns_that_the_lease_is_lost()
    {
        // The clock doesn't advance and no timer fires, as in a process that was paused and has just resumed.
        var standing = new FakeTimeProvider();
        var options = new QueueOptions { Lease = TimeSpan.FromSeconds(1) };
        using var stopped = await StartAsync(server, name, options, clock: standing);
        using var other = await QueueAsync(options);
        await stopped.EnqueueAsync(AnyJob());
        var late = await stopped.TakeAsync();
        var taken = await other.TakeAsync();

        var held = await stopped.IsHeldAsync(late);

        held.Should().BeFalse();
        late.Lost.IsCancellationRequested.Should().BeTrue();
        (await other.IsHeldAsync(taken)).Should().BeTrue();
    }

    [Fact]
    public async Task Lease_check_renews_the_lease()
    {
        var standing = new FakeTimeProvider();
        var options = new QueueOptions { Lease = TimeSpan.FromSeconds(2) };
        using var queue = await StartAsync(server, name, options, clock: standing);
        var job = AnyJob();
        await queue.EnqueueAsync(job);
        var leased = await queue.TakeAsync();
        var before = await EndOfLeaseAsync(queue, job);

        await Eventually.IsTrueAsync(
            async () => await queue.IsHeldAsync(leased) && await EndOfLeaseAsync(queue, job) > before,
            "the lease ends later");

        leased.Lost.IsCancellationRequested.Should().BeFalse();
    }

    [Fact]
    public async Task Lease_is_held_until_it_expires_during_Redis_outage()
    {
        var (line, connectionString) = server.ConnectThroughProxy();
        using var cut = line;
        var clock = new FakeTimeProvider();
        using var queue = await StartAsync(server, name, new QueueOptions { Lease = TimeSpan.FromSeconds(30) }, connectionString, clock: clock);
        await queue.EnqueueAsync(AnyJob());
        var leased = await queue.TakeAsync();
        line.Cut();
        await Eventually.IsTrueAsync(() => Task.FromResult(!queue.Redis.Multiplexer.IsConnected), "the driver noticed");

        var before = await queue.IsHeldAsync(leased);
        clock.Advance(TimeSpan.FromSeconds(30));
        var after = await queue.IsHeldAsync(leased);

        (before, after).Should().Be((true, false));
    }
}
