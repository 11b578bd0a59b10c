using Jarvis.Domain.Common;
using Jarvis.Infrastructure.Redis.RateLimiting;

namespace Jarvis.Web.RateLimiting;

/// <summary>Messages of one person.</summary>
internal sealed class LimitAskingAttribute : RateLimitAttribute
{
    /// <summary>One for all ways in which a person asks.</summary>
    public const string Bucket = "asking";

    public override string Policy => Bucket;

    public override RateLimit GetPolicy(RateLimitOptions limits) => limits.Chat;

    public override ValueTask<string?> GetPartitionAsync(HttpContext context) => new(RateLimitPartitions.ForUser(context));

    public override Error Error(TimeSpan wait) => RateLimitErrors.Chat(wait);
}
