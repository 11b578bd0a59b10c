using Jarvis.Application.Accounts;
using Jarvis.Domain.Accounts;
using Jarvis.Domain.Common;
using Microsoft.AspNetCore.Localization;

namespace Jarvis.Web.Preferences;

/// <summary>
/// Language and theme that this browser last used. With them every page renders correctly without a database query, also the
/// first page after signing out. They are not secret.
/// </summary>
internal static class PreferenceCookies
{
    private const string Language = "jarvis-lang";
    private const string ThemeName = "jarvis-theme";

    public static void Write(HttpContext context, Settings settings)
    {
        Set(context, Language, settings.Language);
        Set(context, ThemeName, settings.Theme == Theme.System ? null : settings.Theme.ToString());
    }

    public static ProviderCultureResult? ReadCulture(HttpRequest request) =>
        request.Cookies[Language] is "en" or "pl" ? new ProviderCultureResult(request.Cookies[Language]) : null;

    public static Theme ReadTheme(HttpRequest request) =>
        Names.Parse<Theme>(request.Cookies[ThemeName]) ?? Theme.System;

    private static void Set(HttpContext context, string name, string? value)
    {
        if (value is null)
        {
            context.Response.Cookies.Delete(name);

            return;
        }

        context.Response.Cookies.Append(name, value, new CookieOptions
        {
            HttpOnly = true,
            SameSite = SameSiteMode.Lax,
            Secure = context.Request.IsHttps,
            MaxAge = TimeSpan.FromDays(365),
            IsEssential = true,
        });
    }
}
