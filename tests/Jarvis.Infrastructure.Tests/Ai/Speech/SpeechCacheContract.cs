using System.Security.Cryptography;
using Jarvis.Infrastructure.Ai.Speech;
using Jarvis.Infrastructure.Tests.Redis.Queue;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using StackExchange.Redis;

namespace Jarvis.Infrastructure.Tests.Ai.Speech;

/// <summary>Promises of the audio cache, tested on both Redis implementations.</summary>
public abstract class SpeechCacheContract(RedisFixture server) : IAsyncLifetime
{
    private readonly string prefix = $"test:{Guid.NewGuid():N}";
    private readonly ListLogger<SpeechCache> log = new();
    private readonly List<IAsyncDisposable> owned = [];
    private ConnectionMultiplexer redis = null!;

    public async ValueTask InitializeAsync() => owned.Add(redis = await server.ConnectAsync());

    public async ValueTask DisposeAsync()
    {
        owned.Reverse();
        foreach (var one in owned)
        {
            await one.DisposeAsync();
        }

        GC.SuppressFinalize(this);
    }

    [Fact]
    [Trait("Garnet", "smoke")]
    public async Task Cached_audio_is_returned_unchanged_until_it_expires()
    {
        var audio = RandomNumberGenerator.GetBytes(100_000);

        await Cache().StoreAsync("one", audio);

        (await Cache().FindAsync("one")).Should().Equal(audio);
        (await Cache().FindAsync("other")).Should().BeNull();
        (await redis.GetDatabase().StringGetAsync($"{prefix}:one")).Length().Should().Be(audio.Length, "the audio has its own key");
        (await redis.GetDatabase().KeyTimeToLiveAsync($"{prefix}:one")).Should().BeCloseTo(TimeSpan.FromHours(1), TimeSpan.FromMinutes(1));
    }

    [Fact]
    [Trait("Garnet", "smoke")]
    public async Task Oldest_entries_are_evicted_for_new_ones()
    {
        var cache = Cache(total: 1_000);
        foreach (var name in new[] { "a", "b", "c", "d" })
        {
            await cache.StoreAsync(name, new byte[300]);
        }

        (await FindAllAsync("a", "b", "c", "d")).Should().Equal("b", "c", "d");

        await cache.StoreAsync("large", new byte[800]);

        (await FindAllAsync("b", "c", "d", "large")).Should().Equal("large");
        (await redis.GetDatabase().HashGetAsync($"{{{prefix}}}:lengths", "all")).Should().Be("800");
    }

    [Fact]
    public async Task Overwritten_entry_counts_once_and_becomes_newest()
    {
        var cache = Cache(total: 1_000);
        await cache.StoreAsync("a", new byte[300]);
        await cache.StoreAsync("b", new byte[300]);
        await cache.StoreAsync("a", new byte[400]);

        await cache.StoreAsync("c", new byte[400]);

        (await FindAllAsync("a", "b", "c")).Should().Equal("a", "c");
    }

    [Fact]
    public async Task Audio_over_the_entry_limit_is_not_cached()
    {
        var cache = Cache(entry: 1_000);

        await cache.StoreAsync("short", new byte[1_000]);
        await cache.StoreAsync("long", new byte[1_001]);

        (await FindAllAsync("short", "long")).Should().Equal("short");
    }

    [Fact]
    public async Task Cache_of_size_zero_stores_nothing()
    {
        await Cache(entry: 0).StoreAsync("a", new byte[1]);
        await Cache(total: 0).StoreAsync("a", Array.Empty<byte>());

        (await FindAllAsync("a")).Should().BeEmpty();
        (await redis.GetDatabase().KeyExistsAsync($"{{{prefix}}}:made")).Should().BeFalse();
    }

    [Fact]
    public async Task Expired_entry_does_not_count_towards_the_total()
    {
        var brief = Cache(total: 1_000, expiry: TimeSpan.FromMilliseconds(200));
        await brief.StoreAsync("a", new byte[600]);
        await Eventually.IsTrueAsync(async () => await brief.FindAsync("a") is null, "the audio expired");

        await brief.StoreAsync("b", new byte[600]);

        (await redis.GetDatabase().HashGetAsync($"{{{prefix}}}:lengths", "all")).Should().Be("600");
    }

    [Fact]
    public async Task Concurrent_writes_stay_within_the_total_limit()
    {
        var cache = Cache(total: 10_000);

        await Task.WhenAll(Enumerable.Range(0, 100).Select(number => cache.StoreAsync($"{number}", new byte[1_000])));

        var names = Enumerable.Range(0, 100).Select(number => $"{number}").ToArray();
        (await redis.GetDatabase().SortedSetLengthAsync($"{{{prefix}}}:made")).Should().Be(10);
        (await redis.GetDatabase().HashGetAsync($"{{{prefix}}}:lengths", "all")).Should().Be("10000");
        (await FindAllAsync(names)).Should().HaveCountLessThanOrEqualTo(100);
    }

    [Fact]
    public async Task Redis_outage_is_a_cache_miss_and_costs_one_timeout()
    {
        var (line, connectionString) = server.ConnectThroughProxy();
        using (line)
        {
            var connection = await server.ConnectAsync(connectionString);
            owned.Add(connection);
            var cache = new SpeechCache(connection, Limits(), TimeProvider.System, log, prefix);
            await cache.StoreAsync("a", new byte[10]);
            line.Stall();

            (await cache.FindAsync("a")).Should().BeNull();
            var start = TimeProvider.System.GetTimestamp();
            (await cache.FindAsync("a")).Should().BeNull();
            await cache.StoreAsync("b", new byte[10]);

            TimeProvider.System.GetElapsedTime(start).Should().BeLessThan(TimeSpan.FromMilliseconds(500));
            log.Entries.Should().ContainSingle(entry => entry.Level == LogLevel.Warning && entry.Text.Contains("speech isn't cached"));
        }
    }

    // A fixed clock, so that a busy machine causes no timeout.
    private SpeechCache Cache(int entry = 1_000_000, long total = 10_000_000, TimeSpan? expiry = null) =>
        new(redis, Limits(entry, total, expiry), new FakeTimeProvider(), log, prefix);

    private static IOptions<SpeechCacheOptions> Limits(int entry = 1_000_000, long total = 10_000_000, TimeSpan? expiry = null) =>
        Options.Create(new SpeechCacheOptions { MaxEntryBytes = entry, MaxTotalBytes = total, Expiry = expiry ?? TimeSpan.FromHours(1) });

    private async Task<IReadOnlyList<string>> FindAllAsync(params string[] names)
    {
        var found = await Task.WhenAll(names.Select(async name => await Cache().FindAsync(name) is null ? null : name));

        return [.. found.OfType<string>()];
    }
}

[Trait("Tier", "garnet")]
public sealed class GarnetSpeechCacheTests(GarnetFixture server) : SpeechCacheContract(server), IClassFixture<GarnetFixture>;

public sealed class RedisSpeechCacheTests(RealRedisUnderTest server) : SpeechCacheContract(server), IClassFixture<RealRedisUnderTest>;
