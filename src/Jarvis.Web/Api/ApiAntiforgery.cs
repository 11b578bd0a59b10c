using Jarvis.Web.Accounts;
using Jarvis.Web.Errors;
using Microsoft.AspNetCore.Antiforgery;

namespace Jarvis.Web.Api;

/// <summary>
/// A browser sends its cookie along with whatever any page makes it send, so a cookie alone proves nothing for a call that
/// changes something. It stands before the binding of bodies: what is refused is not read.
/// </summary>
internal sealed class ApiAntiforgery(RequestDelegate next, IAntiforgery antiforgery)
{
    public async Task InvokeAsync(HttpContext context)
    {
        if (Needs(context) && !await antiforgery.IsRequestValidAsync(context))
        {
            await ProblemDetailsFactory.WriteAsync(context, WebErrors.Antiforgery);

            return;
        }

        await next(context);
    }

    private static bool Needs(HttpContext context) =>
        context.GetEndpoint()?.Metadata.GetMetadata<ApiEndpoint>() is not null
        && !HttpMethods.IsGet(context.Request.Method)
        && !HttpMethods.IsHead(context.Request.Method)
        && context.User.Identity is { IsAuthenticated: true, AuthenticationType: not TokenAuthentication.SchemeName };
}
