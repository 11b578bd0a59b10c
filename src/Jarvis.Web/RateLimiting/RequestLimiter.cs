using System.Threading.RateLimiting;
using Jarvis.Domain.Common;
using Jarvis.Infrastructure.Redis.RateLimiting;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Options;

namespace Jarvis.Web.RateLimiting;

/// <summary>
/// Applies what an endpoint says of its limits. It is the one global limiter and not a policy an endpoint, because there a
/// request has one limit only, and none that has to read the form first.
/// </summary>
internal sealed class RequestLimiter(PartitionedRateLimiter<RateLimitRequest> calls, IOptions<RateLimitOptions> limits) : PartitionedRateLimiter<HttpContext>
{
    /// <summary>Which limit the request has reached, where it is let through to a page that says so.</summary>
    public static Error? AcquireAsync(HttpContext context) => context.Items[typeof(Error)] as Error;

    public override RateLimiterStatistics? GetStatistics(HttpContext resource) => null;

    // Asked first; where it has no permit the middleware asks asynchronously.
    protected override RateLimitLease AttemptAcquireCore(HttpContext resource, int permitCount) =>
        GetLimits(resource).Count == 0 ? PermitLease.Acquired : PermitLease.NotAvailable;

    protected override async ValueTask<RateLimitLease> AcquireAsyncCore(HttpContext resource, int permitCount, CancellationToken cancellationToken)
    {
        foreach (var limit in GetLimits(resource))
        {
            if (await limit.GetPartitionAsync(resource) is not { } subject)
            {
                continue;
            }

            var bucket = limit.GetPolicy(limits.Value);
            var lease = await calls.AcquireAsync(new RateLimitRequest(limit.Policy, subject, bucket.Permits, bucket.Per), permitCount, cancellationToken);
            if (!lease.IsAcquired)
            {
                lease.TryGetMetadata(MetadataName.RetryAfter, out var wait);
                resource.Items[typeof(Error)] = limit.Error(wait);

                return limit.HandledByPage ? PermitLease.Acquired : lease;
            }
        }

        return PermitLease.Acquired;
    }

    private static IReadOnlyList<RateLimitAttribute> GetLimits(HttpContext context)
    {
        var about = context.GetEndpoint()?.Metadata;
        var isLookedAt = HttpMethods.IsGet(context.Request.Method) || HttpMethods.IsHead(context.Request.Method);

        return about is null || (isLookedAt && about.GetMetadata<PageActionDescriptor>() is not null) ? [] : about.GetOrderedMetadata<RateLimitAttribute>();
    }
}
