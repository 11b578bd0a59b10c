using Jarvis.Infrastructure.Redis.Sessions;
using Jarvis.Web.Errors;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Diagnostics;

namespace Jarvis.Web.Accounts;

internal static class UnverifiedSessionMiddleware
{
    /// <summary>
    /// Rejects a request whose session can't be verified because the session store is unavailable. Treating it as signed in or as
    /// anonymous could both be wrong. Anonymous API endpoints and the error page are exempt.
    /// </summary>
    public static IApplicationBuilder UseUnverifiedSessionCheck(this IApplicationBuilder app) => app.Use((context, next) =>
        UnverifiedSession.Get(context) is { } session && !AllowsAnonymous(context) ? throw session.Error() : next(context));

    private static bool AllowsAnonymous(HttpContext context)
    {
        var metadata = context.GetEndpoint()?.Metadata;

        return context.Features.Get<IExceptionHandlerFeature>() is not null
            || (metadata?.GetMetadata<ApiEndpoint>() is not null && metadata.GetMetadata<IAllowAnonymous>() is not null);
    }
}
