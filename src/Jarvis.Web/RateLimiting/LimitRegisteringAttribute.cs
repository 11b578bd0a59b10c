using Jarvis.Domain.Common;
using Jarvis.Infrastructure.Redis.RateLimiting;

namespace Jarvis.Web.RateLimiting;

/// <summary>Attempts to make an account from one address.</summary>
internal sealed class LimitRegisteringAttribute : RateLimitAttribute
{
    public override string Policy => "registering";

    public override RateLimit GetPolicy(RateLimitOptions limits) => limits.Registration;

    public override ValueTask<string?> GetPartitionAsync(HttpContext context) => new(RateLimitPartitions.ForAddress(context));

    public override Error Error(TimeSpan wait) => RateLimitErrors.Registration(wait);
}
