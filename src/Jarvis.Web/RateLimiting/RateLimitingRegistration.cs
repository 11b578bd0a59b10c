using Jarvis.Domain.Common;
using Jarvis.Infrastructure.Common;
using Jarvis.Web.Errors;
using Microsoft.AspNetCore.RateLimiting;

namespace Jarvis.Web.RateLimiting;

internal static class RateLimitingRegistration
{
    /// <summary>Adds the rate limiter, which runs after authentication because it needs the user.</summary>
    public static IServiceCollection AddJarvisLimits(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddValidatedOptions<RateLimitOptions>(configuration, RateLimitOptions.Section);
        services.AddSingleton<RequestLimiter>();
        services.AddRateLimiter(_ => { });
        services.AddOptions<RateLimiterOptions>().Configure<RequestLimiter>((options, limiter) =>
        {
            options.GlobalLimiter = limiter;
            options.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
            options.OnRejected = (context, _) => RejectAsync(context.HttpContext);
        });

        return services;
    }

    /// <param name="policy">Name of the policy, from <see cref="RateLimitPolicies"/>.</param>
    public static TBuilder WithRateLimit<TBuilder>(this TBuilder endpoint, string policy)
        where TBuilder : IEndpointConventionBuilder => endpoint.WithMetadata(new RateLimitAttribute(policy));

    // A browser gets the error page, because the status code middleware replaces an empty response.
    private static async ValueTask RejectAsync(HttpContext context)
    {
        if (ProblemDetailsFactory.WantsProblemDetails(context) || !context.Request.AcceptsHtml())
        {
            await ProblemDetailsFactory.WriteAsync(context, (Error)context.Items[typeof(Error)]!);
        }
    }
}
