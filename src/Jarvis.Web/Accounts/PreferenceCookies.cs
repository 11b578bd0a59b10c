using Jarvis.Application.Accounts;
using Jarvis.Domain.Accounts;
using Jarvis.Domain.Common;
using Microsoft.AspNetCore.Localization;

namespace Jarvis.Web.Accounts;

/// <summary>
/// Language and theme as this browser last saw them, so that every page, also the first after signing out, is right from its
/// first byte without asking the database. They are no secrets.
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
        Names.TryParse<Theme>(request.Cookies[ThemeName], out var theme) ? theme : Theme.System;

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
