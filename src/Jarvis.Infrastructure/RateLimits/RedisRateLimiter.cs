using System.Threading.RateLimiting;
using Jarvis.Infrastructure.Redis;
using Microsoft.Extensions.Logging;
using StackExchange.Redis;

namespace Jarvis.Infrastructure.RateLimits;

/// <summary>
/// Buckets that all processes share, at one round trip a permit. While Redis is away each process limits by buckets of its
/// own, full at first; that costs one call in a while the time until Redis counts as away, and no other call anything.
/// </summary>
internal sealed class RedisRateLimiter(IConnectionMultiplexer redis, TimeProvider clock, ILogger<RedisRateLimiter> logger)
    : PartitionedRateLimiter<LimitedCall>
{
    // A person stands behind it; the driver looks for timeouts only once a second.
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(900);

    private readonly RedisOutage outage = new(logger, "limits hold in each process on its own");
    private readonly RedisPause pause = new(clock);
    private readonly PartitionedRateLimiter<LimitedCall> own = PartitionedRateLimiter.Create<LimitedCall, LimitedCall>(
        call => RateLimitPartition.GetTokenBucketLimiter(call, OwnBucket));

    public override RateLimiterStatistics? GetStatistics(LimitedCall resource) => null;

    protected override RateLimitLease AttemptAcquireCore(LimitedCall resource, int permitCount) => PermitLease.NotAtOnce;

    protected override async ValueTask<RateLimitLease> AcquireAsyncCore(LimitedCall resource, int permitCount, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(permitCount, 1);
        if (!pause.MayAsk())
        {
            return own.AttemptAcquire(resource);
        }

        try
        {
            var wait = await TakeAsync(resource).WaitAsync(Patience, clock, cancellationToken);
            pause.Ended();
            outage.Ended();

            return wait == TimeSpan.Zero ? PermitLease.Given : PermitLease.RefusedFor(wait);
        }
        catch (Exception e) when (RedisOutage.Is(e))
        {
            pause.Began();
            outage.Began(e);

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

    private async Task<TimeSpan> TakeAsync(LimitedCall call)
    {
        // Whole microseconds, and never more permits than promised.
        var each = (long)Math.Ceiling(call.Per.TotalMicroseconds / call.Permits);
        var wait = await redis.GetDatabase().ScriptEvaluateAsync(
            TokenBucketScript.Text,
            [$"jarvis:limit:{{{call.Policy}:{call.Subject}}}"],
            [each, each * call.Permits]);

        return TimeSpan.FromMicroseconds((long)wait);
    }

    private static TokenBucketRateLimiterOptions OwnBucket(LimitedCall call) => new()
    {
        TokenLimit = call.Permits,
        TokensPerPeriod = 1,
        ReplenishmentPeriod = call.Per / call.Permits,

        // All buckets are filled by one timer, that of the partitions.
        AutoReplenishment = false,
    };
}
