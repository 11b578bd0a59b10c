using Ganss.Xss;

namespace Jarvis.Web.Rendering;

/// <summary>Second line of defence after the renderer: allows only the elements and attributes that the renderer writes.</summary>
internal sealed class MarkdownSanitizer
{
    private static readonly string[] Tags =
    [
        "a", "blockquote", "br", "code", "del", "div", "em", "h3", "h4", "h5", "h6", "hr", "li", "ol", "p", "pre", "span", "strong",
        "table", "tbody", "td", "th", "thead", "tr", "ul",
    ];

    private static readonly string[] Attributes = ["class", "dir", "href", "rel", "start", "tabindex", "target"];

    private static readonly string[] Classes =
    [
        "center", "code", "code-head", "code-name", "end", "table",
    ];

    private readonly HtmlSanitizer sanitizer = Create();

    public string Sanitize(string html) => sanitizer.Sanitize(html);

    private static HtmlSanitizer Create()
    {
        var sanitizer = new HtmlSanitizer(new HtmlSanitizerOptions
        {
            AllowedTags = new HashSet<string>(Tags, StringComparer.OrdinalIgnoreCase),
            AllowedAttributes = new HashSet<string>(Attributes, StringComparer.OrdinalIgnoreCase),
            AllowedSchemes = new HashSet<string>(["http", "https", "mailto"], StringComparer.OrdinalIgnoreCase),
            UriAttributes = new HashSet<string>(["href"], StringComparer.OrdinalIgnoreCase),
        });
        sanitizer.AllowedClasses.UnionWith(Classes);

        return sanitizer;
    }
}
