using Jarvis.Domain.Common;
using Jarvis.Infrastructure.Redis.RateLimiting;

namespace Jarvis.Web.RateLimiting;

/// <summary>Attempts to sign in from one address.</summary>
internal sealed class LimitSigningInFromAddressAttribute : RateLimitAttribute
{
    public override string Policy => "signing-in-from";

    public override RateLimit GetPolicy(RateLimitOptions limits) => limits.SignInPerAddress;

    public override ValueTask<string?> GetPartitionAsync(HttpContext context) => new(RateLimitPartitions.ForAddress(context));

    public override Error Error(TimeSpan wait) => RateLimitErrors.SignIn(wait);
}
