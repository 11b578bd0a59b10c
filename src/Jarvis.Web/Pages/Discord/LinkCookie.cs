namespace Jarvis.Web.Pages.Discord;

/// <summary>
/// Cookie that binds a link attempt to the browser that started it, so that a stolen state parameter is useless. The browser
/// sends it only to the Discord pages of Jarvis.
/// </summary>
internal static class LinkCookie
{
    private const string Name = "jarvis-discord-link";
    private const string Path = "/discord";
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(10);

    public static Uri RedirectUri(HttpRequest request) => new($"{request.Scheme}://{request.Host}{Path}/callback");

    public static void Write(HttpContext context, string secret) => context.Response.Cookies.Append(Name, secret, Options(context, Lifetime));

    public static string? ReadAndDelete(HttpContext context)
    {
        context.Response.Cookies.Delete(Name, Options(context, lifetime: null));

        return context.Request.Cookies[Name];
    }

    private static CookieOptions Options(HttpContext context, TimeSpan? lifetime) => new()
    {
        HttpOnly = true,
        SameSite = SameSiteMode.Lax,
        Secure = context.Request.IsHttps,
        Path = Path,
        MaxAge = lifetime,
        IsEssential = true,
    };
}
