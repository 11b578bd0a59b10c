using System.Diagnostics;
using Jarvis.Infrastructure.Ai.ChatModels;
using Jarvis.Infrastructure.Ai.ChatModels.Scheduling;
using Jarvis.Infrastructure.Tests.Redis.Queue;
using Microsoft.Extensions.Logging;
using StackExchange.Redis;

namespace Jarvis.Infrastructure.Tests.Ai.ChatModels;

/// <summary>Promises of the scheduler to processes that share a local model, tested on both Redis implementations.</summary>
public abstract class RedisLocalModelSchedulerContract(RedisFixture server) : LocalModelSchedulerContract, IAsyncLifetime
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Length = TimeSpan.FromSeconds(1.5);

    private readonly string name = $"test:{Guid.NewGuid():N}";
    private readonly ListLogger<RedisLocalModelScheduler> log = new();
    private readonly List<IAsyncDisposable> connections = [];
    private readonly List<IDisposable> gates = [];
    private RedisLocalModelScheduler web = null!;
    private RedisLocalModelScheduler worker = null!;

    private protected override ILocalModelScheduler Scheduler => web;

    public async ValueTask InitializeAsync() => (web, worker) = (await ProcessAsync(), await ProcessAsync());

    public async ValueTask DisposeAsync()
    {
        gates.ForEach(gate => gate.Dispose());
        foreach (var connection in connections)
        {
            await connection.DisposeAsync();
        }

        GC.SuppressFinalize(this);
    }

    [Fact]
    [Trait("Garnet", "smoke")]
    public async Task Extraction_in_another_process_is_preempted_within_half_a_second()
    {
        using var extraction = await worker.EnterExtractionAsync(CancellationToken.None);
        var preempted = new TaskCompletionSource<TimeSpan>();
        var started = Stopwatch.GetTimestamp();
        extraction.Preempted.Register(() => preempted.SetResult(Stopwatch.GetElapsedTime(started)));

        using var chat = web.EnterChat();

        (await preempted.Task.WaitAsync(Timeout)).Should().BeLessThan(TimeSpan.FromSeconds(0.5));
    }

    [Fact]
    public async Task Extraction_in_another_process_waits_however_long_the_answer_takes()
    {
        var chat = web.EnterChat();
        await Eventually.IsTrueAsync(async () => await CountAnswersAsync() == 1, "the answer is registered");

        var waiting = worker.EnterExtractionAsync(CancellationToken.None);
        var finished = await Task.WhenAny(waiting, Task.Delay(2 * Length));

        finished.Should().NotBe(waiting);
        chat.Dispose();
        (await waiting.WaitAsync(Timeout)).Dispose();
    }

    [Fact]
    public async Task Waiting_extraction_starts_as_soon_as_the_answer_ends()
    {
        var chat = web.EnterChat();
        await Eventually.IsTrueAsync(async () => await CountAnswersAsync() == 1, "the answer is registered");
        var waiting = worker.EnterExtractionAsync(CancellationToken.None);
        var started = Stopwatch.GetTimestamp();

        chat.Dispose();
        (await waiting.WaitAsync(Timeout)).Dispose();

        Stopwatch.GetElapsedTime(started).Should().BeLessThan(Length / 4);
    }

    [Fact]
    [Trait("Garnet", "smoke")]
    public async Task Extraction_slots_are_shared_by_all_processes()
    {
        var other = await ProcessAsync();
        var first = await worker.EnterExtractionAsync(CancellationToken.None);
        var second = other.EnterExtractionAsync(CancellationToken.None);

        var finished = await Task.WhenAny(second, Task.Delay(2 * Length));

        finished.Should().NotBe(second, "an extraction renews its lease");
        first.Dispose();
        (await second.WaitAsync(Timeout)).Dispose();
    }

    [Fact]
    public async Task Chat_lease_of_a_killed_process_expires()
    {
        var (proxy, connectionString) = server.ConnectThroughProxy();
        using var cut = proxy;
        var killed = await ProcessAsync(connectionString);
        killed.EnterChat();
        await Eventually.IsTrueAsync(async () => await CountAnswersAsync() == 1, "the answer is registered");

        proxy.Cut();

        (await worker.EnterExtractionAsync(CancellationToken.None).WaitAsync(Timeout)).Dispose();
    }

    [Fact]
    public async Task Answer_never_waits_for_Redis()
    {
        var (proxy, connectionString) = server.ConnectThroughProxy();
        using var cut = proxy;
        var process = await ProcessAsync(connectionString);
        proxy.Stall();
        var started = Stopwatch.GetTimestamp();

        process.EnterChat().Dispose();

        Stopwatch.GetElapsedTime(started).Should().BeLessThan(TimeSpan.FromSeconds(1));
    }

    [Fact]
    public async Task Redis_outage_falls_back_to_in_process_scheduling_and_is_logged_once()
    {
        var (proxy, connectionString) = server.ConnectThroughProxy();
        using var cut = proxy;
        var process = await ProcessAsync(connectionString);
        proxy.Cut();
        var chat = process.EnterChat();
        var extraction = process.EnterExtractionAsync(CancellationToken.None);

        extraction.IsCompleted.Should().BeFalse();
        chat.Dispose();
        (await extraction.WaitAsync(Timeout)).Dispose();
        (await process.EnterExtractionAsync(CancellationToken.None).WaitAsync(Timeout)).Dispose();

        // The answer and the extraction fail at the same time, and only the first of them logs.
        await Eventually.IsTrueAsync(() => Task.FromResult(!log.Entries.IsEmpty), "the outage is logged");
        log.Entries.Where(entry => entry.Level == LogLevel.Warning).Should().ContainSingle().Which.Text.Should().Contain("only within this process");
    }

    [Fact]
    public async Task Active_answers_are_shared_again_after_Redis_outage()
    {
        var (proxy, connectionString) = server.ConnectThroughProxy();
        using var cut = proxy;
        var process = await ProcessAsync(connectionString);
        proxy.Cut();
        using var chat = process.EnterChat();
        await Eventually.IsTrueAsync(() => Task.FromResult(!log.Entries.IsEmpty), "the outage is detected");

        proxy.Restore();

        await Eventually.IsTrueAsync(async () => await CountAnswersAsync() == 1, "the answer is registered");
    }

    [Fact]
    public async Task Redis_leases_are_removed_or_expire()
    {
        (await worker.EnterExtractionAsync(CancellationToken.None)).Dispose();
        using var chat = web.EnterChat();
        await Eventually.IsTrueAsync(async () => await CountAnswersAsync() == 1, "the answer is registered");

        var redis = Redis();

        (await redis.SortedSetLengthAsync($"{{{name}}}:extractions")).Should().Be(0);
        (await redis.KeyTimeToLiveAsync($"{{{name}}}:answers")).Should().BePositive();
    }

    private async Task<RedisLocalModelScheduler> ProcessAsync(string? connectionString = null)
    {
        var redis = await server.ConnectAsync(connectionString);
        connections.Add(redis);
        var gate = new RedisLocalModelScheduler(extractionSlots: 1, new RedisModelLeases(redis, name, Length), TimeProvider.System, log);
        gates.Add(gate);

        return gate;
    }

    private IDatabase Redis() => ((ConnectionMultiplexer)connections[0]).GetDatabase();

    private Task<long> CountAnswersAsync() => Redis().SortedSetLengthAsync($"{{{name}}}:answers");
}

[Trait("Tier", "garnet")]
public sealed class GarnetLocalModelSchedulerTests(GarnetFixture server) : RedisLocalModelSchedulerContract(server), IClassFixture<GarnetFixture>;

public sealed class RedisLocalModelSchedulerTests(RealRedisUnderTest server) : RedisLocalModelSchedulerContract(server), IClassFixture<RealRedisUnderTest>;
