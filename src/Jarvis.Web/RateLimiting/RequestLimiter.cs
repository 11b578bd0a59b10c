using System.Threading.RateLimiting;
using Jarvis.Domain.Common;
using Jarvis.Infrastructure.Redis.RateLimiting;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Options;

namespace Jarvis.Web.RateLimiting;

/// <summary>
/// Applies the <see cref="RateLimitAttribute"/>s of an endpoint. It is the global limiter because the framework's endpoint
/// policies allow only one limit a request, and no partition that requires reading the form.
/// </summary>
internal sealed class RequestLimiter(PartitionedRateLimiter<RateLimitRequest> limiter, IOptions<RateLimitOptions> limits) : PartitionedRateLimiter<HttpContext>
{
    /// <summary>Returns the limit that the request exceeded, for a page that shows it; null if it exceeded none.</summary>
    public static Error? GetError(HttpContext context) => context.Items[typeof(Error)] as Error;

    /// <summary>Takes a permit. Returns null, or the error if none is left.</summary>
    public async ValueTask<Error?> TakePermitAsync(string policyName, string partition, CancellationToken cancellationToken)
    {
        var policy = RateLimitPolicies.All[policyName];
        var limit = policy.GetLimit(limits.Value);
        using var lease = await limiter.AcquireAsync(new RateLimitRequest(policyName, partition, limit.Permits, limit.Per), 1, cancellationToken);
        if (lease.IsAcquired)
        {
            return null;
        }

        lease.TryGetMetadata(MetadataName.RetryAfter, out var wait);

        return policy.CreateError(wait);
    }

    public override RateLimiterStatistics? GetStatistics(HttpContext resource) => null;

    // The middleware tries this first; without a permit it calls the asynchronous method.
    protected override RateLimitLease AttemptAcquireCore(HttpContext resource, int permitCount) =>
        GetLimits(resource).Count == 0 ? PermitLease.Acquired : PermitLease.NotAvailable;

    protected override async ValueTask<RateLimitLease> AcquireAsyncCore(HttpContext resource, int permitCount, CancellationToken cancellationToken)
    {
        foreach (var limit in GetLimits(resource))
        {
            if (await RateLimitPolicies.All[limit.Policy].GetPartitionAsync(resource, limit) is { } partition
                && await TakePermitAsync(limit.Policy, partition, cancellationToken) is { } error)
            {
                resource.Items[typeof(Error)] = error;

                return limit.HandledByPage ? PermitLease.Acquired : PermitLease.NotAvailable;
            }
        }

        return PermitLease.Acquired;
    }

    private static IReadOnlyList<RateLimitAttribute> GetLimits(HttpContext context)
    {
        var metadata = context.GetEndpoint()?.Metadata;
        var isRead = HttpMethods.IsGet(context.Request.Method) || HttpMethods.IsHead(context.Request.Method);

        return metadata is null || (isRead && metadata.GetMetadata<PageActionDescriptor>() is not null) ? [] : metadata.GetOrderedMetadata<RateLimitAttribute>();
    }
}
