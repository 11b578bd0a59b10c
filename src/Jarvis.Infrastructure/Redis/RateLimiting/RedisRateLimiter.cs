using System.Threading.RateLimiting;
using Jarvis.Infrastructure.Redis;
using Microsoft.Extensions.Logging;
using StackExchange.Redis;

namespace Jarvis.Infrastructure.Redis.RateLimiting;

/// <summary>
/// Buckets that all processes share, at one round trip a permit. While Redis is away each process limits by buckets of its
/// own, full at first; that costs one call in a while the time until Redis counts as away, and no other call anything.
/// </summary>
internal sealed class RedisRateLimiter(IConnectionMultiplexer redis, TimeProvider clock, ILogger<RedisRateLimiter> logger)
    : PartitionedRateLimiter<RateLimitRequest>
{
    // A person stands behind it; the driver looks for timeouts only once a second.
    private static readonly TimeSpan Timeout = TimeSpan.FromMilliseconds(900);

    private readonly RedisOutageLogger outage = new(logger, "each process applies the rate limits separately");
    private readonly RedisCircuitBreaker pause = new(clock);
    private readonly PartitionedRateLimiter<RateLimitRequest> own = PartitionedRateLimiter.Create<RateLimitRequest, RateLimitRequest>(
        call => RateLimitPartition.GetTokenBucketLimiter(call, GetLocalLimiter));

    public override RateLimiterStatistics? GetStatistics(RateLimitRequest resource) => null;

    protected override RateLimitLease AttemptAcquireCore(RateLimitRequest resource, int permitCount) => PermitLease.NotAvailable;

    protected override async ValueTask<RateLimitLease> AcquireAsyncCore(RateLimitRequest resource, int permitCount, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(permitCount, 1);
        if (!pause.AllowsCall())
        {
            return own.AttemptAcquire(resource);
        }

        try
        {
            var wait = await AcquireFromRedisAsync(resource).WaitAsync(Timeout, clock, cancellationToken);
            pause.Close();
            outage.ReportSuccess();

            return wait == TimeSpan.Zero ? PermitLease.Acquired : PermitLease.RejectedFor(wait);
        }
        catch (Exception e) when (RedisOutageLogger.IsTransient(e))
        {
            pause.Open();
            outage.ReportFailure(e);

            return own.AttemptAcquire(resource);
        }
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            own.Dispose();
        }

        base.Dispose(disposing);
    }

    private async Task<TimeSpan> AcquireFromRedisAsync(RateLimitRequest call)
    {
        // Whole microseconds, and never more permits than promised.
        var each = (long)Math.Ceiling(call.Per.TotalMicroseconds / call.Permits);
        var wait = await redis.GetDatabase().ScriptEvaluateAsync(
            TokenBucketScript.Text,
            [$"jarvis:limit:{{{call.Policy}:{call.Subject}}}"],
            [each, each * call.Permits]);

        return TimeSpan.FromMicroseconds((long)wait);
    }

    private static TokenBucketRateLimiterOptions GetLocalLimiter(RateLimitRequest call) => new()
    {
        TokenLimit = call.Permits,
        TokensPerPeriod = 1,
        ReplenishmentPeriod = call.Per / call.Permits,

        // All buckets are filled by one timer, that of the partitions.
        AutoReplenishment = false,
    };
}
