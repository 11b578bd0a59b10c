using System.Diagnostics;
using System.Threading.RateLimiting;
using Jarvis.Infrastructure.Redis.RateLimiting;
using Jarvis.Infrastructure.Tests.Redis.Queue;
using Microsoft.Extensions.Logging;
using StackExchange.Redis;

namespace Jarvis.Infrastructure.Tests.Redis.RateLimiting;

/// <summary>Promises of the rate limiter, tested on both Redis implementations.</summary>
public abstract class RateLimiterContract(RedisFixture server) : IAsyncLifetime
{
    private static readonly TimeSpan Long = TimeSpan.FromHours(1);

    private readonly string subject = Guid.NewGuid().ToString("N");
    private readonly ListLogger<RedisRateLimiter> log = new();
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
    public async Task Call_over_the_limit_is_rejected_with_retry_after()
    {
        var limiter = Limiter();

        var taken = await TakeAsync(limiter, Call(permits: 3, per: TimeSpan.FromMinutes(3)), times: 4);

        taken.Select(lease => lease.IsAcquired).Should().Equal(true, true, true, false);
        Wait(taken[3]).Should().BeCloseTo(TimeSpan.FromMinutes(1), TimeSpan.FromSeconds(10));
    }

    [Fact]
    public async Task Permits_are_replenished_one_at_a_time()
    {
        var limiter = Limiter();
        var call = Call(permits: 4, per: TimeSpan.FromHours(4));
        await TakeAsync(limiter, call, times: 4);

        await AgeBucketAsync(TimeSpan.FromHours(1));
        var taken = await TakeAsync(limiter, call, times: 2);

        taken.Select(lease => lease.IsAcquired).Should().Equal([true, false], "only one permit was free");
        Wait(taken[1]).Should().BeCloseTo(TimeSpan.FromHours(1), TimeSpan.FromMinutes(1));
    }

    [Fact]
    public async Task Each_partition_and_policy_has_its_own_bucket()
    {
        var limiter = Limiter();
        await TakeAsync(limiter, Call(permits: 1), times: 1);

        var another = await TakeAsync(limiter, Call(permits: 1) with { Subject = subject + "x" }, times: 1);
        var otherwise = await TakeAsync(limiter, Call(permits: 1) with { Policy = "else" }, times: 1);

        another[0].IsAcquired.Should().BeTrue();
        otherwise[0].IsAcquired.Should().BeTrue();
    }

    [Fact]
    [Trait("Garnet", "smoke")]
    public async Task Processes_share_one_bucket()
    {
        var other = await server.ConnectAsync();
        owned.Add(other);
        var (one, two) = (Limiter(), Limiter(other));
        var call = Call(permits: 50);

        var taken = await Task.WhenAll(Enumerable.Range(0, 100).Select(number => (number % 2 == 0 ? one : two).AcquireAsync(call).AsTask()));

        taken.Count(lease => lease.IsAcquired).Should().Be(50);
    }

    [Fact]
    [Trait("Garnet", "smoke")]
    public async Task Bucket_expires_when_it_is_full_again()
    {
        await TakeAsync(Limiter(), Call(permits: 10, per: TimeSpan.FromMinutes(10)), times: 2);

        var remaining = await redis.GetDatabase().KeyTimeToLiveAsync(Bucket);

        remaining.Should().BeCloseTo(TimeSpan.FromMinutes(2), TimeSpan.FromSeconds(10));
    }

    [Fact]
    public async Task Check_is_one_round_trip()
    {
        var limiter = Limiter();
        await TakeAsync(limiter, Call(permits: 10), times: 1);
        var before = redis.OperationCount;

        await TakeAsync(limiter, Call(permits: 10), times: 5);

        (redis.OperationCount - before).Should().Be(5);
    }

    [Fact]
    public async Task Limit_that_divides_unevenly_is_not_exceeded()
    {
        var taken = await TakeAsync(Limiter(), Call(permits: 7, per: TimeSpan.FromHours(1)), times: 9);

        taken.Count(lease => lease.IsAcquired).Should().Be(7);
    }

    [Fact]
    public async Task Redis_outage_falls_back_to_local_limits_and_is_logged_once()
    {
        var (proxy, limiter) = await CreateThroughProxyAsync();
        proxy.Cut();

        var taken = await TakeAsync(limiter, Call(permits: 3, Long), times: 5);

        taken.Count(lease => lease.IsAcquired).Should().Be(3);
        Wait(taken[4]).Should().BePositive();
        log.Entries.Where(entry => entry.Level == LogLevel.Warning).Should().ContainSingle()
            .Which.Text.Should().Contain("each process applies the rate limits separately");
    }

    [Fact]
    public async Task Unresponsive_Redis_costs_one_timeout_and_not_one_per_call()
    {
        var (proxy, limiter) = await CreateThroughProxyAsync();
        proxy.Stall();
        var started = Stopwatch.GetTimestamp();

        var taken = await TakeAsync(limiter, Call(permits: 100, Long), times: 50);

        Stopwatch.GetElapsedTime(started).Should().BeLessThan(TimeSpan.FromSeconds(5), "fifty timeouts in a row would take three quarters of a minute");
        taken.Should().OnlyContain(lease => lease.IsAcquired);
    }

    [Fact]
    public async Task Limiter_returns_to_Redis_automatically_after_outage()
    {
        var (proxy, limiter) = await CreateThroughProxyAsync();
        var call = Call(permits: 2);
        var emptied = subject + "x";
        await TakeAsync(Limiter(), call with { Subject = emptied }, times: 2);
        proxy.Cut();
        await TakeAsync(limiter, call, times: 1);
        proxy.Restore();

        await Eventually.IsTrueAsync(
            async () =>
            {
                await limiter.AcquireAsync(call with { Policy = "other" });

                return log.Entries.Any(entry => entry.Text.Contains("is responding again", StringComparison.Ordinal));
            },
            "Redis is asked again");

        (await limiter.AcquireAsync(call with { Subject = emptied })).IsAcquired.Should().BeFalse("its bucket in Redis is empty");
    }

    [Fact]
    public async Task Invalid_value_in_bucket_key_counts_as_full_bucket()
    {
        await redis.GetDatabase().StringSetAsync(Bucket, "no number");

        var taken = await TakeAsync(Limiter(), Call(permits: 1), times: 2);

        taken.Select(lease => lease.IsAcquired).Should().Equal(true, false);
    }

    /// <summary>Ages the bucket by this duration, because the clock of Redis cannot be set.</summary>
    private async Task AgeBucketAsync(TimeSpan time)
    {
        var full = (long)await redis.GetDatabase().StringGetAsync(Bucket);
        await redis.GetDatabase().StringSetAsync(Bucket, full - (long)time.TotalMicroseconds);
    }

    private RedisRateLimiter Limiter(ConnectionMultiplexer? connection = null)
    {
        var limiter = new RedisRateLimiter(connection ?? redis, TimeProvider.System, log);
        owned.Add(limiter);

        return limiter;
    }

    private async Task<(TcpProxy Line, RedisRateLimiter Limiter)> CreateThroughProxyAsync()
    {
        var (proxy, connectionString) = server.ConnectThroughProxy();
        var connection = await server.ConnectAsync(connectionString);
        owned.Add(connection);
        var limiter = Limiter(connection);
        await limiter.AcquireAsync(Call(permits: 1) with { Policy = "first" });

        return (proxy, limiter);
    }

    private string Bucket => $"jarvis:limit:{{test:{subject}}}";

    private RateLimitRequest Call(int permits, TimeSpan? per = null) => new("test", subject, permits, per ?? Long);

    private static async Task<RateLimitLease[]> TakeAsync(RedisRateLimiter limiter, RateLimitRequest call, int times)
    {
        var leases = new List<RateLimitLease>();
        for (var i = 0; i < times; i++)
        {
            leases.Add(await limiter.AcquireAsync(call));
        }

        return [.. leases];
    }

    private static TimeSpan Wait(RateLimitLease lease) =>
        lease.TryGetMetadata(MetadataName.RetryAfter, out var wait) ? wait : throw new InvalidOperationException("The lease has no retry-after metadata.");
}

[Trait("Tier", "garnet")]
public sealed class GarnetRateLimiterTests(GarnetFixture server) : RateLimiterContract(server), IClassFixture<GarnetFixture>;

public sealed class RedisRateLimiterTests(RealRedisUnderTest server) : RateLimiterContract(server), IClassFixture<RealRedisUnderTest>;
