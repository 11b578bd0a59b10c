using Jarvis.Domain.Common;
using Jarvis.Infrastructure.Redis.RateLimiting;

namespace Jarvis.Web.RateLimiting;

/// <summary>Bug reports of one person.</summary>
internal sealed class LimitBugReportsAttribute : RateLimitAttribute
{
    public override string Policy => "bug-reports";

    public override RateLimit GetPolicy(RateLimitOptions limits) => limits.BugReports;

    public override ValueTask<string?> GetPartitionAsync(HttpContext context) => new(RateLimitPartitions.ForUser(context));

    public override Error Error(TimeSpan wait) => RateLimitErrors.BugReports(wait);
}
