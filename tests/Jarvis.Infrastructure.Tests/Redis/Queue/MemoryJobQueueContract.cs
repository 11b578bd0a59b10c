using System.Collections.Concurrent;
using System.Diagnostics;
using Jarvis.Application.Memories;
using Jarvis.Domain.Common;
using Jarvis.Infrastructure.Redis.Queue;
using Jarvis.TestSupport.Services;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using StackExchange.Redis;
using static Jarvis.Infrastructure.Tests.Redis.Queue.QueueFixture;

namespace Jarvis.Infrastructure.Tests.Redis.Queue;

/// <summary>What <see cref="IMemoryJobQueue"/> promises, on whichever server speaks Redis.</summary>
public abstract class MemoryJobQueueContract(RedisFixture server)
{
    private readonly string name = Guid.NewGuid().ToString("N");

    [Fact]
    [Trait("Garnet", "smoke")]
    public async Task Queued_job_is_leased_and_removed_on_completion()
    {
        using var queue = await QueueAsync();
        var job = AnyJob();

        await queue.EnqueueAsync(job);
        var leased = await queue.TakeAsync();
        var running = await queue.FindAsync(job);
        await queue.CompleteAsync(leased);

        leased.Job.Should().Be(job);
        running.Should().Be(new MemoryJobState(MemoryJobPhase.Running, LastError: null));
        (await queue.FindAsync(job)).Should().BeNull();
    }

    [Fact]
    [Trait("Garnet", "smoke")]
    public async Task Waiting_consumer_receives_a_new_job_within_a_second()
    {
        using var queue = await QueueAsync();
        var taking = queue.TakeAsync();
        await using var watcher = await ConnectionMultiplexer.ConnectAsync(server.ConnectionString + ",allowAdmin=true");
        await Eventually.IsTrueAsync(
            async () => (await watcher.GetDatabase().ExecuteAsync("CLIENT", "LIST")).ToString().Contains("jarvis-wait", StringComparison.Ordinal),
            "the taker waits");
        var started = Stopwatch.GetTimestamp();

        await queue.EnqueueAsync(AnyJob());
        await taking;

        Stopwatch.GetElapsedTime(started).Should().BeLessThan(TimeSpan.FromSeconds(1));
    }

    [Fact]
    public async Task Take_returns_null_within_six_seconds_when_queue_is_empty()
    {
        using var queue = await QueueAsync();
        var started = Stopwatch.GetTimestamp();

        var taken = await queue.Queue.DequeueAsync(CancellationToken.None);

        taken.Should().BeNull();
        Stopwatch.GetElapsedTime(started).Should().BeLessThan(TimeSpan.FromSeconds(6));
    }

    [Fact]
    public async Task Cancelled_take_stops_within_a_second()
    {
        using var queue = await QueueAsync();
        using var stop = new CancellationTokenSource(TimeSpan.FromMilliseconds(200));
        var started = Stopwatch.GetTimestamp();

        var taking = () => queue.Queue.DequeueAsync(stop.Token);

        await taking.Should().ThrowAsync<OperationCanceledException>();
        Stopwatch.GetElapsedTime(started).Should().BeLessThan(TimeSpan.FromSeconds(1));
    }

    [Fact]
    public async Task Jobs_of_one_conversation_merge_while_they_wait()
    {
        using var queue = await QueueAsync();
        var job = AnyJob();

        await queue.EnqueueAsync(job);
        await queue.EnqueueAsync(job);
        await queue.EnqueueAsync(job);

        (await queue.WaitingAsync()).Should().Be(1);
        (await queue.FindAsync(job))!.Phase.Should().Be(MemoryJobPhase.Queued);
    }

    [Fact]
    [Trait("Garnet", "smoke")]
    public async Task Job_enqueued_while_its_conversation_runs_runs_once_afterwards()
    {
        using var queue = await QueueAsync();
        var job = AnyJob();
        await queue.EnqueueAsync(job);
        var first = await queue.TakeAsync();

        await queue.EnqueueAsync(job);
        await queue.EnqueueAsync(job);
        var meanwhile = await queue.WaitingAsync();
        await queue.CompleteAsync(first);
        var second = await queue.TakeAsync();
        await queue.CompleteAsync(second);

        meanwhile.Should().Be(0);
        second.Job.Should().Be(job);
        (await queue.WaitingAsync()).Should().Be(0);
    }

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
        // The other worker waits five seconds for a job: more than two leases.
        var options = new QueueOptions { Lease = TimeSpan.FromSeconds(2) };
        using var queue = await QueueAsync(options);
        using var other = await QueueAsync(options);
        await queue.EnqueueAsync(AnyJob());
        var leased = await queue.TakeAsync();
        var started = Stopwatch.GetTimestamp();

        var stolen = new List<LeasedJob?>();
        while (Stopwatch.GetElapsedTime(started) < TimeSpan.FromSeconds(4.5))
        {
            stolen.Add(await other.Queue.DequeueAsync(CancellationToken.None));
        }

        stolen.Should().OnlyContain(job => job == null);
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
        // No timer fires and no time has passed, as a process sees it that was stopped and has just been woken.
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

    [Fact]
    public async Task Failed_job_is_retried_after_a_delay_and_keeps_its_error()
    {
        using var queue = await QueueAsync(new QueueOptions { RetryDelay = TimeSpan.FromMilliseconds(500) });
        var job = AnyJob();
        await queue.EnqueueAsync(job);
        await queue.FailAsync(await queue.TakeAsync());

        var state = await queue.FindAsync(job);
        var waiting = await queue.WaitingAsync();
        await queue.EnqueueAsync(job);
        var stillWaiting = await queue.WaitingAsync();
        var again = await queue.TakeAsync();

        state.Should().Be(new MemoryJobState(MemoryJobPhase.Retrying, "memory.bad_output: The model returned an invalid summary."));
        (waiting, stillWaiting).Should().Be((0, 0));
        again.Job.Should().Be(job);
    }

    [Fact]
    [Trait("Garnet", "smoke")]
    public async Task Job_is_dead_lettered_after_its_last_attempt_until_it_is_retried()
    {
        using var queue = await QueueAsync(new QueueOptions { RetryDelay = TimeSpan.FromMilliseconds(10), MaxAttempts = 3 });
        var job = AnyJob();
        await queue.EnqueueAsync(job);
        for (var i = 0; i < 3; i++)
        {
            await queue.FailAsync(await queue.TakeAsync());
        }

        var dead = await queue.FindAsync(job);
        await queue.EnqueueAsync(job);
        var queuedBySweep = await queue.WaitingAsync();
        await queue.Queue.RetryAsync(job, CancellationToken.None);
        await queue.FailAsync(await queue.TakeAsync());

        dead.Should().Be(new MemoryJobState(MemoryJobPhase.Dead, "memory.bad_output: The model returned an invalid summary."));
        queuedBySweep.Should().Be(0);
        (await queue.FindAsync(job))!.Phase.Should().Be(MemoryJobPhase.Retrying, "it has all its attempts again");
    }

    [Fact]
    public async Task Job_returned_for_unavailable_model_costs_no_attempt()
    {
        using var queue = await QueueAsync(new QueueOptions { MaxAttempts = 1 });
        var job = AnyJob();
        await queue.EnqueueAsync(job);
        var down = new Error(ErrorKind.Unavailable, "model.unavailable", $"The model isn't responding.");

        await queue.Queue.ReturnAsync(await queue.TakeAsync(), down, costsAttempt: false, CancellationToken.None);
        var state = await queue.FindAsync(job);
        var again = await queue.TakeAsync();

        state.Should().Be(new MemoryJobState(MemoryJobPhase.Retrying, "model.unavailable: The model isn't responding."));
        again.Job.Should().Be(job);
    }

    [Fact]
    public async Task Job_that_crashes_its_worker_each_time_is_dead_lettered()
    {
        var options = new QueueOptions { Lease = TimeSpan.FromSeconds(1), MaxAttempts = 2 };
        var job = AnyJob();
        using var queue = await QueueAsync(options);
        await queue.EnqueueAsync(job);

        for (var i = 0; i < 2; i++)
        {
            using var victim = await QueueAsync(options);
            await victim.TakeAsync();
        }

        await Eventually.IsTrueAsync(
            async () => await queue.Queue.DequeueAsync(CancellationToken.None) is null && await queue.FindAsync(job) is { Phase: MemoryJobPhase.Dead },
            "the job is given up");
        (await queue.FindAsync(job))!.LastError.Should().StartWith("memory.worker_lost");
    }

    [Fact]
    public async Task Job_pushed_by_another_program_is_processed()
    {
        using var queue = await QueueAsync();
        var job = AnyJob();

        await queue.Redis.ListLeftPushAsync(
            queue.Keys.List,
            $$"""{ "conversationId": "{{job.Conversation.ToString().ToUpperInvariant()}}", "userId": "{{job.User}}", "v": 1 }""");
        var leased = await queue.TakeAsync();
        await queue.CompleteAsync(leased);

        leased.Job.Should().Be(job);
        (await queue.FindAsync(job)).Should().BeNull();
    }

    [Theory]
    [InlineData("""{"v":2,"userId":"x"}""", "memory.job_version_unknown")]
    [InlineData("{ no json", "memory.job_unreadable")]
    [InlineData("", "memory.job_unreadable")]
    [InlineData("null", "memory.job_unreadable")]
    [InlineData("""["a"]""", "memory.job_unreadable")]
    [InlineData("""{"v":1,"userId":"../../etc","conversationId":7}""", "memory.job_unreadable")]
    [InlineData("\0\u00ff[[[[[[[[", "memory.job_unreadable")]
    [Trait("Garnet", "smoke")]
    public async Task Invalid_payload_is_dead_lettered_with_reason(string payload, string reason)
    {
        using var queue = await QueueAsync();
        var job = AnyJob();
        await queue.Redis.ListLeftPushAsync(queue.Keys.List, payload);
        await queue.EnqueueAsync(job);

        var leased = await queue.TakeAsync();

        leased.Job.Should().Be(job);
        ((string?)await queue.Redis.HashGetAsync(queue.Keys.All[^1], payload)).Should().Contain(reason).And.Contain("\"at\"");
    }

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
    [Trait("Garnet", "smoke")]
    public async Task Concurrent_workers_process_every_conversation_without_overlap()
    {
        var jobs = Enumerable.Range(0, 200).Select(_ => AnyJob()).ToArray();
        using var first = await QueueAsync();
        using var second = await QueueAsync();
        var running = new ConcurrentDictionary<MemoryJob, int>();
        var worked = new ConcurrentDictionary<MemoryJob, int>();
        var overlaps = 0;
        using var done = new CancellationTokenSource();

        async Task LoopAsync(QueueFixture queue)
        {
            while (!done.IsCancellationRequested)
            {
                if (await queue.Queue.DequeueAsync(CancellationToken.None) is { } leased)
                {
                    overlaps += running.AddOrUpdate(leased.Job, 1, (_, count) => count + 1) > 1 ? 1 : 0;
                    if (worked.GetValueOrDefault(leased.Job) < 2)
                    {
                        // While it runs, where every other loop can see it.
                        await PushAsync(queue, leased.Job);
                        await PushAsync(queue, leased.Job);
                    }

                    await queue.FindAsync(leased.Job);
                    running.AddOrUpdate(leased.Job, 0, (_, count) => count - 1);
                    worked.AddOrUpdate(leased.Job, 1, (_, count) => count + 1);
                    await queue.CompleteAsync(leased);
                }
            }
        }

        var loops = new[] { first, first, second, second }.Select(queue => Task.Run(() => LoopAsync(queue))).ToArray();
        for (var round = 0; round < 3; round++)
        {
            await Task.WhenAll(jobs.Select((job, i) => i % 2 == 0
                ? first.EnqueueAsync(job)
                : PushAsync(second, job)));
        }

        await Eventually.IsTrueAsync(
            async () => worked.Count == jobs.Length && await first.WaitingAsync() == 0 && await first.Redis.SortedSetLengthAsync(first.Keys.All[3]) == 0,
            "all is worked off",
            TimeSpan.FromSeconds(60));
        await done.CancelAsync();
        await Task.WhenAll(loops);

        overlaps.Should().Be(0);
        worked.Keys.Should().BeEquivalentTo(jobs);
    }

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
        var held = await queue.IsHeldAsync(leased);
        await queue.CompleteAsync(leased);

        (leased.Job, held).Should().Be((job, true));
        (await queue.FindAsync(job)).Should().BeNull();
    }

    [Fact]
    [Trait("Garnet", "smoke")]
    public async Task Statistics_report_depth_age_running_delayed_and_dead_jobs()
    {
        using var queue = await QueueAsync(new QueueOptions { MaxAttempts = 1 });
        var empty = await queue.StatisticsAsync();
        for (var i = 0; i < 5; i++)
        {
            await queue.EnqueueAsync(AnyJob());
        }

        await queue.FailAsync(await queue.TakeAsync());
        var down = new Error(ErrorKind.Unavailable, "model.unavailable", $"The model isn't responding.");
        await queue.Queue.ReturnAsync(await queue.TakeAsync(), down, costsAttempt: false, CancellationToken.None);
        await queue.TakeAsync();
        await queue.Redis.ListMoveAsync(queue.Keys.List, queue.Keys.Leased, ListSide.Right, ListSide.Left);
        await Eventually.IsTrueAsync(async () => (await queue.StatisticsAsync())!.Oldest > TimeSpan.Zero, "time passes");
        var figures = (await queue.StatisticsAsync())!;

        empty.Should().Be(new MemoryQueueStatistics(Depth: 0, Oldest: TimeSpan.Zero, Running: 0, Delayed: 0, Dead: 0));
        figures.Should().Be(new MemoryQueueStatistics(Depth: 2, figures.Oldest, Running: 1, Delayed: 1, Dead: 1));
        figures.Oldest.Should().BeLessThan(TimeSpan.FromMinutes(1));
    }

    // A sorted set of ends of leases.
    private static async Task<double> EndOfLeaseAsync(QueueFixture queue, MemoryJob job) =>
        (await queue.Redis.SortedSetScoreAsync(queue.Keys.All[3], $"{job.User}:{job.Conversation}"))!.Value;

    private static Task<long> PushAsync(QueueFixture queue, MemoryJob job) =>
        queue.Redis.ListLeftPushAsync(queue.Keys.List, $$"""{"v":1,"userId":"{{job.User}}","conversationId":"{{job.Conversation}}"}""");

    private Task<QueueFixture> QueueAsync(QueueOptions? options = null, string? connectionString = null, ILogger<RedisMemoryJobQueue>? logger = null) =>
        StartAsync(server, name, options, connectionString, logger);
}

[Trait("Tier", "garnet")]
public sealed class GarnetMemoryJobQueueTests(GarnetFixture server) : MemoryJobQueueContract(server), IClassFixture<GarnetFixture>;

public sealed class RedisMemoryJobQueueTests(RealRedisUnderTest server) : MemoryJobQueueContract(server), IClassFixture<RealRedisUnderTest>;
