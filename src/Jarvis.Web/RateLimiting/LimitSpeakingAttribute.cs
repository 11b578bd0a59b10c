using Jarvis.Domain.Common;
using Jarvis.Infrastructure.Redis.RateLimiting;

namespace Jarvis.Web.RateLimiting;

/// <summary>What is spoken to one person.</summary>
internal sealed class LimitSpeakingAttribute : RateLimitAttribute
{
    public override string Policy => "speaking";

    public override RateLimit GetPolicy(RateLimitOptions limits) => limits.Speech;

    public override ValueTask<string?> GetPartitionAsync(HttpContext context) => new(RateLimitPartitions.ForUser(context));

    public override Error Error(TimeSpan wait) => RateLimitErrors.Speech(wait);
}
