using System.Diagnostics;
using Jarvis.Infrastructure.ChatModels;
using Jarvis.Infrastructure.Tests.Queue;
using Jarvis.Testing.Services;
using Microsoft.Extensions.Logging;
using StackExchange.Redis;

namespace Jarvis.Infrastructure.Tests.ChatModels;

/// <summary>What the gate promises to processes that share a local model, on whichever server speaks Redis.</summary>
public abstract class SharedLocalModelGateContract(RedisUnderTest server) : LocalModelGateContract, IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Length = TimeSpan.FromSeconds(1.5);

    private readonly string name = $"test:{Guid.NewGuid():N}";
    private readonly ListLogger<SharedLocalModelGate> log = new();
    private readonly List<IAsyncDisposable> connections = [];
    private readonly List<IDisposable> gates = [];
    private SharedLocalModelGate web = null!;
    private SharedLocalModelGate worker = null!;

    private protected override ILocalModelGate Gate => web;

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
    public async Task An_extraction_in_another_process_is_asked_to_give_way_at_once()
    {
        using var extraction = await worker.EnterExtractionAsync(CancellationToken.None);
        var preempted = new TaskCompletionSource<TimeSpan>();
        var started = Stopwatch.GetTimestamp();
        extraction.Preempted.Register(() => preempted.SetResult(Stopwatch.GetElapsedTime(started)));

        using var chat = web.EnterChat();

        (await preempted.Task.WaitAsync(Patience)).Should().BeLessThan(TimeSpan.FromSeconds(0.5));
    }

    [Fact]
    public async Task No_extraction_begins_in_another_process_while_an_answer_is_being_written_however_long_it_takes()
    {
        var chat = web.EnterChat();
        await Eventually.IsTrueAsync(async () => await AnswersAsync() == 1, "the answer is known");

        var waiting = worker.EnterExtractionAsync(CancellationToken.None);
        var longEnough = await Task.WhenAny(waiting, Task.Delay(2 * Length));

        longEnough.Should().NotBe(waiting);
        chat.Dispose();
        (await waiting.WaitAsync(Patience)).Dispose();
    }

    [Fact]
    public async Task An_extraction_that_waited_begins_as_soon_as_the_answer_is_whole()
    {
        var chat = web.EnterChat();
        await Eventually.IsTrueAsync(async () => await AnswersAsync() == 1, "the answer is known");
        var waiting = worker.EnterExtractionAsync(CancellationToken.None);
        var started = Stopwatch.GetTimestamp();

        chat.Dispose();
        (await waiting.WaitAsync(Patience)).Dispose();

        Stopwatch.GetElapsedTime(started).Should().BeLessThan(Length / 4);
    }

    [Fact]
    public async Task The_slots_are_those_of_all_processes_together()
    {
        var other = await ProcessAsync();
        var first = await worker.EnterExtractionAsync(CancellationToken.None);
        var second = other.EnterExtractionAsync(CancellationToken.None);

        var longEnough = await Task.WhenAny(second, Task.Delay(2 * Length));

        longEnough.Should().NotBe(second, "an extraction renews its lease");
        first.Dispose();
        (await second.WaitAsync(Patience)).Dispose();
    }

    [Fact]
    public async Task What_a_killed_process_held_is_free_after_a_while()
    {
        var (line, connectionString) = server.OverALine();
        using var cut = line;
        var killed = await ProcessAsync(connectionString);
        killed.EnterChat();
        await Eventually.IsTrueAsync(async () => await AnswersAsync() == 1, "the answer is known");

        line.Cut();

        (await worker.EnterExtractionAsync(CancellationToken.None).WaitAsync(Patience)).Dispose();
    }

    [Fact]
    public async Task An_answer_never_waits_for_Redis()
    {
        var (line, connectionString) = server.OverALine();
        using var cut = line;
        var process = await ProcessAsync(connectionString);
        line.Silence();
        var started = Stopwatch.GetTimestamp();

        process.EnterChat().Dispose();

        Stopwatch.GetElapsedTime(started).Should().BeLessThan(TimeSpan.FromSeconds(1));
    }

    [Fact]
    public async Task While_Redis_is_away_the_gate_holds_within_the_process_and_that_is_said_once()
    {
        var (line, connectionString) = server.OverALine();
        using var cut = line;
        var process = await ProcessAsync(connectionString);
        line.Cut();
        var chat = process.EnterChat();
        var extraction = process.EnterExtractionAsync(CancellationToken.None);

        extraction.IsCompleted.Should().BeFalse();
        chat.Dispose();
        (await extraction.WaitAsync(Patience)).Dispose();
        (await process.EnterExtractionAsync(CancellationToken.None).WaitAsync(Patience)).Dispose();

        log.Entries.Where(entry => entry.Level == LogLevel.Warning).Should().ContainSingle().Which.Text.Should().Contain("only within a process");
    }

    [Fact]
    public async Task It_holds_again_between_processes_once_Redis_is_back()
    {
        var (line, connectionString) = server.OverALine();
        using var cut = line;
        var process = await ProcessAsync(connectionString);
        line.Cut();
        using var chat = process.EnterChat();
        await Eventually.IsTrueAsync(() => Task.FromResult(!log.Entries.IsEmpty), "the outage is noticed");

        line.Mend();

        await Eventually.IsTrueAsync(async () => await AnswersAsync() == 1, "the answer is known");
    }

    [Fact]
    public async Task Nothing_is_left_in_Redis_for_good()
    {
        (await worker.EnterExtractionAsync(CancellationToken.None)).Dispose();
        using var chat = web.EnterChat();
        await Eventually.IsTrueAsync(async () => await AnswersAsync() == 1, "the answer is known");

        var redis = Redis();

        (await redis.SortedSetLengthAsync($"{{{name}}}:extractions")).Should().Be(0);
        (await redis.KeyTimeToLiveAsync($"{{{name}}}:answers")).Should().BePositive();
    }

    private async Task<SharedLocalModelGate> ProcessAsync(string? connectionString = null)
    {
        var redis = await server.ConnectAsync(connectionString);
        connections.Add(redis);
        var gate = new SharedLocalModelGate(extractionSlots: 1, new LocalModelLeases(redis, name, Length), TimeProvider.System, log);
        gates.Add(gate);

        return gate;
    }

    private IDatabase Redis() => ((ConnectionMultiplexer)connections[0]).GetDatabase();

    private Task<long> AnswersAsync() => Redis().SortedSetLengthAsync($"{{{name}}}:answers");
}

public sealed class GarnetLocalModelGateTests(GarnetUnderTest server) : SharedLocalModelGateContract(server), IClassFixture<GarnetUnderTest>;

public sealed class RedisLocalModelGateTests(RealRedisUnderTest server) : SharedLocalModelGateContract(server), IClassFixture<RealRedisUnderTest>;
