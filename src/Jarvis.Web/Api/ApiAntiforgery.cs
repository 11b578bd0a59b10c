using Jarvis.Web.Accounts;
using Jarvis.Web.Errors;
using Microsoft.AspNetCore.Antiforgery;

namespace Jarvis.Web.Api;

/// <summary>
/// Requires an antiforgery token for API writes with a session cookie, because any site can make a browser send the cookie. It
/// runs before model binding, so that the body of a rejected request is not read.
/// </summary>
internal sealed class ApiAntiforgery(RequestDelegate next, IAntiforgery antiforgery)
{
    public async Task InvokeAsync(HttpContext context)
    {
        if (RequiresToken(context) && !await antiforgery.IsRequestValidAsync(context))
        {
            await ProblemDetailsFactory.WriteAsync(context, WebErrors.Antiforgery);

            return;
        }

        await next(context);
    }

    private static bool RequiresToken(HttpContext context) =>
        context.GetEndpoint()?.Metadata.GetMetadata<ApiEndpoint>() is not null
        && !HttpMethods.IsGet(context.Request.Method)
        && !HttpMethods.IsHead(context.Request.Method)
        && context.User.Identity is { IsAuthenticated: true, AuthenticationType: not TokenAuthentication.SchemeName };
}
