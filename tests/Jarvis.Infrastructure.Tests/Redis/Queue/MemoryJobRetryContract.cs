using Jarvis.Application.Memories;
using Jarvis.Domain.Common;
using Jarvis.Infrastructure.Redis.Queue;
using Microsoft.Extensions.Logging;
using StackExchange.Redis;
using static Jarvis.Infrastructure.Tests.Redis.Queue.QueueFixture;

namespace Jarvis.Infrastructure.Tests.Redis.Queue;

/// <summary>Promises of <see cref="IMemoryJobQueue"/> about failed jobs and dead letters, tested on both Redis implementations.</summary>
public abstract class MemoryJobRetryContract(RedisFixture server)
{
    private readonly string name = Guid.NewGuid().ToString("N");

    [Fact]
    public async Task Failed_job_is_retried_after_a_delay_and_keeps_its_error()
    {
        using var queue = await QueueAsync(new QueueOptions { RetryDelay = TimeSpan.FromMilliseconds(500) });
        var job = AnyJob();
        await queue.EnqueueAsync(job);
        await queue.FailAsync(await queue.TakeAsync());

        var state = await queue.FindAsync(job);
        var waiting = await queue.CountWaitingAsync();
        await queue.EnqueueAsync(job);
        var stillWaiting = await queue.CountWaitingAsync();
        var retried = await queue.TakeAsync();

        state.Should().Be(new MemoryJobState(MemoryJobPhase.Retrying, "memory.bad_output: The model returned an invalid summary."));
        (waiting, stillWaiting).Should().Be((0, 0));
        retried.Job.Should().Be(job);
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
        var queuedBySweep = await queue.CountWaitingAsync();
        await queue.Queue.RetryAsync(job, CancellationToken.None);
        await queue.FailAsync(await queue.TakeAsync());

        dead.Should().Be(new MemoryJobState(MemoryJobPhase.Dead, "memory.bad_output: The model returned an invalid summary."));
        queuedBySweep.Should().Be(0);
        (await queue.FindAsync(job))!.Phase.Should().Be(MemoryJobPhase.Retrying, "the retry resets the attempts");
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
        var retried = await queue.TakeAsync();

        state.Should().Be(new MemoryJobState(MemoryJobPhase.Retrying, "model.unavailable: The model isn't responding."));
        retried.Job.Should().Be(job);
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
            "the job is dead-lettered");
        (await queue.FindAsync(job))!.LastError.Should().StartWith("memory.worker_lost");
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

    private Task<QueueFixture> QueueAsync(QueueOptions? options = null, string? connectionString = null, ILogger<RedisMemoryJobQueue>? logger = null) =>
        StartAsync(server, name, options, connectionString, logger);
}

public sealed class GarnetMemoryJobRetryTests(GarnetFixture server) : MemoryJobRetryContract(server), IClassFixture<GarnetFixture>;

public sealed class RedisMemoryJobRetryTests(RealRedisUnderTest server) : MemoryJobRetryContract(server), IClassFixture<RealRedisUnderTest>;
