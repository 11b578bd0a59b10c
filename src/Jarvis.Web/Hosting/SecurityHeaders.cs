namespace Jarvis.Web.Hosting;

internal static class SecurityHeaders
{
    private static readonly string ContentSecurityPolicy = CreatePolicy(widget: null);

    /// <summary>Allows a third-party widget on this response. All other pages load content from Jarvis only.</summary>
    public static void Allow(this HttpResponse response, WidgetSources widget) => response.Headers.ContentSecurityPolicy = CreatePolicy(widget);

    public static IApplicationBuilder UseSecurityHeaders(this IApplicationBuilder app) => app.Use((context, next) =>
    {
        var headers = context.Response.Headers;
        headers.ContentSecurityPolicy = ContentSecurityPolicy;
        headers.XContentTypeOptions = "nosniff";
        headers.XFrameOptions = "DENY";
        headers["Referrer-Policy"] = "same-origin";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=(self)";

        // Personal content must not be cached; static files override this header.
        // The value is the one that antiforgery sets, which otherwise logs a warning on every page.
        headers.CacheControl = "no-cache, no-store";

        return next(context);
    });

    private static string CreatePolicy(WidgetSources? widget) =>
        $"default-src 'none'; script-src 'self'{Append(widget?.Scripts)}; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'{Append(widget?.Connections)}; "
        + (widget is null ? "" : $"frame-src {widget.Frames}; ")
        + "media-src 'self' blob:; manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    private static string Append(string? sources) => sources is null ? "" : " " + sources;
}
