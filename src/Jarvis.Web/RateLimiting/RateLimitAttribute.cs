using Jarvis.Domain.Common;
using Jarvis.Infrastructure.Redis.RateLimiting;

namespace Jarvis.Web.RateLimiting;

/// <summary>
/// Says of an endpoint or a page how often it may be called; several add up. A page is limited where it takes something in,
/// not where it is looked at. A new limit is one of these, its values in <see cref="RateLimitOptions"/>, and its refusal.
/// </summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true)]
internal abstract class RateLimitAttribute : Attribute
{
    /// <summary>Whether the page itself says the refusal, so that what was typed there stays; <see cref="RequestLimiter.AcquireAsync"/> has it.</summary>
    public bool HandledByPage { get; init; }

    /// <summary>Names its buckets in Redis.</summary>
    public abstract string Policy { get; }

    public abstract RateLimit GetPolicy(RateLimitOptions limits);

    /// <summary>Whose permits are used; null where this limit has nothing to say about the request.</summary>
    public abstract ValueTask<string?> GetPartitionAsync(HttpContext context);

    public abstract Error Error(TimeSpan wait);
}
