using Jarvis.Domain.Common;
using Jarvis.Web.Errors;
using Microsoft.AspNetCore.RateLimiting;

namespace Jarvis.Web.RateLimiting;

internal static class RateLimitingRegistration
{
    /// <summary>Its place is after authentication, which knows the person.</summary>
    public static IServiceCollection AddJarvisLimits(this IServiceCollection services)
    {
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

    public static TBuilder Limited<TBuilder>(this TBuilder endpoint, RateLimitAttribute limit)
        where TBuilder : IEndpointConventionBuilder => endpoint.WithMetadata(limit);

    // A person gets the page for errors, which what comes before the limiter puts in place of an empty answer.
    private static async ValueTask RejectAsync(HttpContext context)
    {
        if (ProblemDetailsFactory.WantsProblemDetails(context) || !context.Request.AcceptsHtml())
        {
            await ProblemDetailsFactory.WriteAsync(context, (Error)context.Items[typeof(Error)]!);
        }
    }
}
