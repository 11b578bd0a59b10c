using Jarvis.Domain.Common;

namespace Jarvis.Web.RateLimiting;

/// <param name="GetLimit">Selects the limit from the settings.</param>
/// <param name="GetPartitionAsync">Returns the bucket that the request uses; null if the policy doesn't apply to the request.</param>
/// <param name="CreateError">Creates the error from the time until the next permit.</param>
internal sealed record RateLimitPolicy(
    Func<RateLimitOptions, RateLimit> GetLimit,
    Func<HttpContext, RateLimitAttribute, ValueTask<string?>> GetPartitionAsync,
    Func<TimeSpan, Error> CreateError);
