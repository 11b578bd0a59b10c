using System.Threading.RateLimiting;
using Microsoft.Extensions.Logging;
using StackExchange.Redis;

namespace Jarvis.Infrastructure.Redis.RateLimiting;

/// <summary>
/// Token buckets that all processes share, with one round trip per permit. During an outage of Redis each process uses buckets of
/// its own, which are full at first. The circuit breaker limits the wait to one timeout every two seconds.
/// </summary>
internal sealed class RedisRateLimiter(IConnectionMultiplexer redis, TimeProvider clock, ILogger<RedisRateLimiter> logger)
    : PartitionedRateLimiter<RateLimitRequest>
{
    private readonly ResilientRedis resilient = new(logger, "each process applies the rate limits separately")
    {
        // A user waits for the response; the driver checks for timeouts only once a second.
        Timeout = TimeSpan.FromMilliseconds(900),
        Clock = clock,
        CircuitBreaker = new RedisCircuitBreaker(clock),
    };

    private readonly PartitionedRateLimiter<RateLimitRequest> local = PartitionedRateLimiter.Create<RateLimitRequest, RateLimitRequest>(
        request => RateLimitPartition.GetTokenBucketLimiter(request, GetLocalLimiter));

    public override RateLimiterStatistics? GetStatistics(RateLimitRequest resource) => null;

    protected override RateLimitLease AttemptAcquireCore(RateLimitRequest resource, int permitCount) => PermitLease.NotAvailable;

    protected override async ValueTask<RateLimitLease> AcquireAsyncCore(RateLimitRequest resource, int permitCount, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(permitCount, 1);
        var wait = await resilient.TryAsync<TimeSpan?>(async () => await AcquireFromRedisAsync(resource), cancellationToken: cancellationToken);

        return wait switch
        {
            null => local.AttemptAcquire(resource),
            { Ticks: 0 } => PermitLease.Acquired,
            { } retryAfter => PermitLease.RejectedFor(retryAfter),
        };
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            local.Dispose();
        }

        base.Dispose(disposing);
    }

    private async Task<TimeSpan> AcquireFromRedisAsync(RateLimitRequest request)
    {
        // Whole microseconds, rounded up so that the limit is never exceeded.
        var each = (long)Math.Ceiling(request.Per.TotalMicroseconds / request.Permits);
        var wait = await redis.GetDatabase().ScriptEvaluateAsync(
            TokenBucketScript.Text,
            [$"jarvis:limit:{{{request.Policy}:{request.Subject}}}"],
            [each, each * request.Permits]);

        return TimeSpan.FromMicroseconds((long)wait);
    }

    private static TokenBucketRateLimiterOptions GetLocalLimiter(RateLimitRequest request) => new()
    {
        TokenLimit = request.Permits,
        TokensPerPeriod = 1,
        ReplenishmentPeriod = request.Per / request.Permits,

        // The timer of the partitioned limiter replenishes all buckets.
        AutoReplenishment = false,
    };
}
