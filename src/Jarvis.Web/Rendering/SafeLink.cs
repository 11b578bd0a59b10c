using Markdig.Renderers;

namespace Jarvis.Web.Rendering;

internal static class SafeLink
{
    /// <summary>Returns an absolute URL; null for any other, so that untrusted text never links to a page of Jarvis.</summary>
    public static string? From(string? url) =>
        Uri.TryCreate(url, UriKind.Absolute, out var address) && address.Scheme is "http" or "https" or "mailto"
            ? url
            : null;

    public static void WriteStart(HtmlRenderer renderer, string href)
    {
        renderer.Write("<a href=\"");
        renderer.WriteEscapeUrl(href);
        renderer.Write("\" rel=\"noopener noreferrer nofollow\" target=\"_blank\">");
    }
}
