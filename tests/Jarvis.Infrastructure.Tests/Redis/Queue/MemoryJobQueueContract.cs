using System.Collections.Concurrent;
using System.Diagnostics;
using Jarvis.Application.Memories;
using Jarvis.Domain.Common;
using Jarvis.Infrastructure.Redis.Queue;
using Microsoft.Extensions.Logging;
using StackExchange.Redis;
using static Jarvis.Infrastructure.Tests.Redis.Queue.QueueFixture;

namespace Jarvis.Infrastructure.Tests.Redis.Queue;

/// <summary>Promises of <see cref="IMemoryJobQueue"/> about enqueuing and dequeuing, tested on both Redis implementations.</summary>
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
        var dequeue = queue.TakeAsync();
        await using var observer = await ConnectionMultiplexer.ConnectAsync(server.ConnectionString + ",allowAdmin=true");
        await Eventually.IsTrueAsync(
            async () => (await observer.GetDatabase().ExecuteAsync("CLIENT", "LIST")).ToString().Contains("jarvis-wait", StringComparison.Ordinal),
            "the consumer waits");
        var started = Stopwatch.GetTimestamp();

        await queue.EnqueueAsync(AnyJob());
        await dequeue;

        Stopwatch.GetElapsedTime(started).Should().BeLessThan(TimeSpan.FromSeconds(1));
    }

    [Fact]
    public async Task Empty_queue_returns_null_within_six_seconds()
    {
        using var queue = await QueueAsync();
        var started = Stopwatch.GetTimestamp();

        var dequeued = await queue.Queue.DequeueAsync(CancellationToken.None);

        dequeued.Should().BeNull();
        Stopwatch.GetElapsedTime(started).Should().BeLessThan(TimeSpan.FromSeconds(6));
    }

    [Fact]
    public async Task Cancelled_dequeue_stops_within_a_second()
    {
        using var queue = await QueueAsync();
        using var stop = new CancellationTokenSource(TimeSpan.FromMilliseconds(200));
        var started = Stopwatch.GetTimestamp();

        var dequeue = () => queue.Queue.DequeueAsync(stop.Token);

        await dequeue.Should().ThrowAsync<OperationCanceledException>();
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

        (await queue.CountWaitingAsync()).Should().Be(1);
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
        var waitingWhileRunning = await queue.CountWaitingAsync();
        await queue.CompleteAsync(first);
        var second = await queue.TakeAsync();
        await queue.CompleteAsync(second);

        waitingWhileRunning.Should().Be(0);
        second.Job.Should().Be(job);
        (await queue.CountWaitingAsync()).Should().Be(0);
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

    [Fact]
    [Trait("Garnet", "smoke")]
    public async Task Concurrent_workers_process_every_conversation_without_overlap()
    {
        var jobs = Enumerable.Range(0, 200).Select(_ => AnyJob()).ToArray();
        using var first = await QueueAsync();
        using var second = await QueueAsync();
        var running = new ConcurrentDictionary<MemoryJob, int>();
        var runs = new ConcurrentDictionary<MemoryJob, int>();
        var overlaps = 0;
        using var cancellation = new CancellationTokenSource();

        async Task LoopAsync(QueueFixture queue)
        {
            while (!cancellation.IsCancellationRequested)
            {
                if (await queue.Queue.DequeueAsync(CancellationToken.None) is { } leased)
                {
                    overlaps += running.AddOrUpdate(leased.Job, 1, (_, count) => count + 1) > 1 ? 1 : 0;
                    if (runs.GetValueOrDefault(leased.Job) < 2)
                    {
                        // Enqueues while the job runs and every other loop can see it.
                        await PushAsync(queue, leased.Job);
                        await PushAsync(queue, leased.Job);
                    }

                    await queue.FindAsync(leased.Job);
                    running.AddOrUpdate(leased.Job, 0, (_, count) => count - 1);
                    runs.AddOrUpdate(leased.Job, 1, (_, count) => count + 1);
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
            async () => runs.Count == jobs.Length && await first.CountWaitingAsync() == 0 && await first.Redis.SortedSetLengthAsync(first.Keys.All[3]) == 0,
            "all is worked off",
            TimeSpan.FromSeconds(60));
        await cancellation.CancelAsync();
        await Task.WhenAll(loops);

        overlaps.Should().Be(0);
        runs.Keys.Should().BeEquivalentTo(jobs);
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

    private static Task<long> PushAsync(QueueFixture queue, MemoryJob job) =>
        queue.Redis.ListLeftPushAsync(queue.Keys.List, $$"""{"v":1,"userId":"{{job.User}}","conversationId":"{{job.Conversation}}"}""");

    private Task<QueueFixture> QueueAsync(QueueOptions? options = null, string? connectionString = null, ILogger<RedisMemoryJobQueue>? logger = null) =>
        StartAsync(server, name, options, connectionString, logger);
}

public sealed class GarnetMemoryJobQueueTests(GarnetFixture server) : MemoryJobQueueContract(server), IClassFixture<GarnetFixture>;

public sealed class RedisMemoryJobQueueTests(RealRedisUnderTest server) : MemoryJobQueueContract(server), IClassFixture<RealRedisUnderTest>;
