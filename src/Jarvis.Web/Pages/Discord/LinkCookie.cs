namespace Jarvis.Web.Pages.Discord;

/// <summary>
/// What only the browser that began a link holds, until Discord has answered: whoever else gets hold of the state can do nothing
/// with it. It comes along when Discord's page leads back, and to nowhere else.
/// </summary>
internal static class LinkCookie
{
    private const string Name = "jarvis-discord-link";
    private const string Path = "/discord";
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(10);

    public static Uri ReturnAddress(HttpRequest request) => new($"{request.Scheme}://{request.Host}{Path}/callback");

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
