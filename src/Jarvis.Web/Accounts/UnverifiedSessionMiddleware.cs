using Jarvis.Infrastructure.Redis.Sessions;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Diagnostics;

namespace Jarvis.Web.Accounts;

internal static class UnverifiedSessionMiddleware
{
    /// <summary>
    /// Refuses whoever brings a session that cannot be looked up: neither as the person that they may be nor as nobody are they
    /// told the truth. What tells nobody anything personal goes on, and so does the page that says it.
    /// </summary>
    public static IApplicationBuilder UseUnverifiedSessionCheck(this IApplicationBuilder app) => app.Use((context, next) =>
        UnverifiedSession.Get(context) is { } session && !AllowsAnonymous(context) ? throw session.Error() : next(context));

    private static bool AllowsAnonymous(HttpContext context)
    {
        var about = context.GetEndpoint()?.Metadata;

        return context.Features.Get<IExceptionHandlerFeature>() is not null
            || (about?.GetMetadata<Api.ApiEndpoint>() is not null && about.GetMetadata<IAllowAnonymous>() is not null);
    }
}
