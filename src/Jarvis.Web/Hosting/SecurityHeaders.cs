namespace Jarvis.Web.Hosting;

internal static class SecurityHeaders
{
    private static readonly string ContentSecurityPolicy = Policy(widget: null);

    /// <summary>For one page that shows somebody else's widget; every other stays with Jarvis alone.</summary>
    public static void Allow(this HttpResponse response, WidgetSources widget) => response.Headers.ContentSecurityPolicy = Policy(widget);

    public static IApplicationBuilder UseSecurityHeaders(this IApplicationBuilder app) => app.Use((context, next) =>
    {
        var headers = context.Response.Headers;
        headers.ContentSecurityPolicy = ContentSecurityPolicy;
        headers.XContentTypeOptions = "nosniff";
        headers.XFrameOptions = "DENY";
        headers["Referrer-Policy"] = "same-origin";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=(self)";

        // What is personal must not lie in a cache; static files say otherwise themselves.
        // In the words that antiforgery uses, which warns on every page about any others.
        headers.CacheControl = "no-cache, no-store";

        return next(context);
    });

    private static string Policy(WidgetSources? widget) =>
        $"default-src 'none'; script-src 'self'{Also(widget?.Scripts)}; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'{Also(widget?.Connections)}; "
        + (widget is null ? "" : $"frame-src {widget.Frames}; ")
        + "media-src 'self' blob:; manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    private static string Also(string? sources) => sources is null ? "" : " " + sources;
}
