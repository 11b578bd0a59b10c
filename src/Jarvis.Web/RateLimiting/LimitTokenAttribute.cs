using Jarvis.Domain.Common;
using Jarvis.Infrastructure.Redis.RateLimiting;

namespace Jarvis.Web.RateLimiting;

/// <summary>Calls with one personal access token.</summary>
internal sealed class LimitTokenAttribute : RateLimitAttribute
{
    public override string Policy => "token";

    public override RateLimit GetPolicy(RateLimitOptions limits) => limits.AccessToken;

    public override ValueTask<string?> GetPartitionAsync(HttpContext context) => new(RateLimitPartitions.ForToken(context));

    public override Error Error(TimeSpan wait) => RateLimitErrors.Token(wait);
}
