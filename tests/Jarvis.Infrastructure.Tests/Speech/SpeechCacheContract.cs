using System.Security.Cryptography;
using Jarvis.Infrastructure.Speech;
using Jarvis.Infrastructure.Tests.Queue;
using Jarvis.Testing.Services;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using StackExchange.Redis;

namespace Jarvis.Infrastructure.Tests.Speech;

/// <summary>What the cache of sounds promises, on whichever server speaks Redis.</summary>
public abstract class SpeechCacheContract(RedisUnderTest server) : IAsyncLifetime
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
    public async Task What_is_kept_is_found_as_it_was_for_as_long_as_it_was_to_be_kept()
    {
        var sound = RandomNumberGenerator.GetBytes(100_000);

        await Cache().KeepAsync("one", sound);

        (await Cache().FindAsync("one")).Should().Equal(sound);
        (await Cache().FindAsync("other")).Should().BeNull();
        (await redis.GetDatabase().StringGetAsync($"{prefix}:one")).Length().Should().Be(sound.Length, "the sound itself lies under its own key");
        (await redis.GetDatabase().KeyTimeToLiveAsync($"{prefix}:one")).Should().BeCloseTo(TimeSpan.FromHours(1), TimeSpan.FromMinutes(1));
    }

    [Fact]
    public async Task The_oldest_make_room_for_the_new()
    {
        var cache = Cache(total: 1_000);
        foreach (var name in new[] { "a", "b", "c", "d" })
        {
            await cache.KeepAsync(name, new byte[300]);
        }

        (await FoundAsync("a", "b", "c", "d")).Should().Equal("b", "c", "d");

        await cache.KeepAsync("large", new byte[800]);

        (await FoundAsync("b", "c", "d", "large")).Should().Equal("large");
        (await redis.GetDatabase().HashGetAsync($"{{{prefix}}}:lengths", "all")).Should().Be("800");
    }

    [Fact]
    public async Task What_is_kept_again_counts_once_and_is_new()
    {
        var cache = Cache(total: 1_000);
        await cache.KeepAsync("a", new byte[300]);
        await cache.KeepAsync("b", new byte[300]);
        await cache.KeepAsync("a", new byte[400]);

        await cache.KeepAsync("c", new byte[400]);

        (await FoundAsync("a", "b", "c")).Should().Equal("a", "c");
    }

    [Fact]
    public async Task A_sound_that_is_too_long_is_not_kept()
    {
        var cache = Cache(entry: 1_000);

        await cache.KeepAsync("short", new byte[1_000]);
        await cache.KeepAsync("long", new byte[1_001]);

        (await FoundAsync("short", "long")).Should().Equal("short");
    }

    [Fact]
    public async Task A_cache_of_no_size_is_off()
    {
        await Cache(entry: 0).KeepAsync("a", new byte[1]);
        await Cache(total: 0).KeepAsync("a", Array.Empty<byte>());

        (await FoundAsync("a")).Should().BeEmpty();
        (await redis.GetDatabase().KeyExistsAsync($"{{{prefix}}}:made")).Should().BeFalse();
    }

    [Fact]
    public async Task What_has_expired_takes_no_room_from_what_is_new()
    {
        var brief = Cache(total: 1_000, expiry: TimeSpan.FromMilliseconds(200));
        await brief.KeepAsync("a", new byte[600]);
        await Eventually.IsTrueAsync(async () => await brief.FindAsync("a") is null, "the sound expired");

        await brief.KeepAsync("b", new byte[600]);

        (await redis.GetDatabase().HashGetAsync($"{{{prefix}}}:lengths", "all")).Should().Be("600");
    }

    [Fact]
    public async Task Many_at_once_stay_within_the_bound()
    {
        var cache = Cache(total: 10_000);

        await Task.WhenAll(Enumerable.Range(0, 100).Select(number => cache.KeepAsync($"{number}", new byte[1_000])));

        var names = Enumerable.Range(0, 100).Select(number => $"{number}").ToArray();
        (await redis.GetDatabase().SortedSetLengthAsync($"{{{prefix}}}:made")).Should().Be(10);
        (await redis.GetDatabase().HashGetAsync($"{{{prefix}}}:lengths", "all")).Should().Be("10000");
        (await FoundAsync(names)).Should().HaveCountLessThanOrEqualTo(100);
    }

    [Fact]
    public async Task Without_Redis_nothing_is_found_and_nobody_waits_twice()
    {
        var (line, connectionString) = server.OverALine();
        using (line)
        {
            var connection = await server.ConnectAsync(connectionString);
            owned.Add(connection);
            var cache = new SpeechCache(connection, Bounds(), TimeProvider.System, log, prefix);
            await cache.KeepAsync("a", new byte[10]);
            line.Silence();

            (await cache.FindAsync("a")).Should().BeNull();
            var asked = TimeProvider.System.GetTimestamp();
            (await cache.FindAsync("a")).Should().BeNull();
            await cache.KeepAsync("b", new byte[10]);

            TimeProvider.System.GetElapsedTime(asked).Should().BeLessThan(TimeSpan.FromMilliseconds(500));
            log.Entries.Should().ContainSingle(entry => entry.Level == LogLevel.Warning && entry.Text.Contains("speech is synthesized each time"));
        }
    }

    // By a clock that stands still nobody loses patience with a busy machine.
    private SpeechCache Cache(int entry = 1_000_000, long total = 10_000_000, TimeSpan? expiry = null) =>
        new(redis, Bounds(entry, total, expiry), new FakeTimeProvider(), log, prefix);

    private static IOptions<SpeechCacheOptions> Bounds(int entry = 1_000_000, long total = 10_000_000, TimeSpan? expiry = null) =>
        Options.Create(new SpeechCacheOptions { MaxEntryBytes = entry, MaxTotalBytes = total, Expiry = expiry ?? TimeSpan.FromHours(1) });

    private async Task<IReadOnlyList<string>> FoundAsync(params string[] names)
    {
        var found = await Task.WhenAll(names.Select(async name => await Cache().FindAsync(name) is null ? null : name));

        return [.. found.OfType<string>()];
    }
}

public sealed class GarnetSpeechCacheTests(GarnetUnderTest server) : SpeechCacheContract(server), IClassFixture<GarnetUnderTest>;

public sealed class RedisSpeechCacheTests(RealRedisUnderTest server) : SpeechCacheContract(server), IClassFixture<RealRedisUnderTest>;
