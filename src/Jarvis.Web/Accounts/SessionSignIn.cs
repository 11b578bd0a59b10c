using Jarvis.Application.Accounts;
using Jarvis.Web.Preferences;
using MediatR;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;

namespace Jarvis.Web.Accounts;

internal static class SessionSignIn
{
    /// <param name="remember">True if the session outlives the browser session.</param>
    public static async Task StartAsync(HttpContext context, Account account, bool remember)
    {
        var mediator = context.RequestServices.GetRequiredService<IMediator>();
        PreferenceCookies.Write(context, await mediator.Send(new GetSettings(account.Id), context.RequestAborted));

        await context.SignInAsync(
            CookieAuthenticationDefaults.AuthenticationScheme,
            CurrentUser.From(account, CookieAuthenticationDefaults.AuthenticationScheme),
            new AuthenticationProperties { IsPersistent = remember });
    }

    public static Task EndAsync(HttpContext context) => context.SignOutAsync(CookieAuthenticationDefaults.AuthenticationScheme);
}
