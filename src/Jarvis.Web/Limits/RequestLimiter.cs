using System.Threading.RateLimiting;
using Jarvis.Domain.Common;
using Jarvis.Infrastructure.RateLimits;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Options;

namespace Jarvis.Web.Limits;

/// <summary>
/// Applies what an endpoint says of its limits. It is the one global limiter and not a policy an endpoint, because there a
/// request has one limit only, and none that has to read the form first.
/// </summary>
internal sealed class RequestLimiter(PartitionedRateLimiter<LimitedCall> calls, IOptions<LimitsOptions> limits) : PartitionedRateLimiter<HttpContext>
{
    /// <summary>Which limit the request has reached, where it is let through to a page that says so.</summary>
    public static Error? RefusalOf(HttpContext context) => context.Items[typeof(Error)] as Error;

    public override RateLimiterStatistics? GetStatistics(HttpContext resource) => null;

    // Asked first; where it has no permit the middleware asks asynchronously.
    protected override RateLimitLease AttemptAcquireCore(HttpContext resource, int permitCount) =>
        LimitsOf(resource).Count == 0 ? PermitLease.Given : PermitLease.NotAtOnce;

    protected override async ValueTask<RateLimitLease> AcquireAsyncCore(HttpContext resource, int permitCount, CancellationToken cancellationToken)
    {
        foreach (var limit in LimitsOf(resource))
        {
            if (await limit.SubjectAsync(resource) is not { } subject)
            {
                continue;
            }

            var bucket = limit.Of(limits.Value);
            var lease = await calls.AcquireAsync(new LimitedCall(limit.Policy, subject, bucket.Permits, bucket.Per), permitCount, cancellationToken);
            if (!lease.IsAcquired)
            {
                lease.TryGetMetadata(MetadataName.RetryAfter, out var wait);
                resource.Items[typeof(Error)] = limit.Refusal(wait);

                return limit.IsSaidByPage ? PermitLease.Given : lease;
            }
        }

        return PermitLease.Given;
    }

    private static IReadOnlyList<LimitAttribute> LimitsOf(HttpContext context)
    {
        var about = context.GetEndpoint()?.Metadata;
        var isLookedAt = HttpMethods.IsGet(context.Request.Method) || HttpMethods.IsHead(context.Request.Method);

        return about is null || (isLookedAt && about.GetMetadata<PageActionDescriptor>() is not null) ? [] : about.GetOrderedMetadata<LimitAttribute>();
    }
}
