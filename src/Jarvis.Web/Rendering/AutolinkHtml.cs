using Markdig.Renderers;
using Markdig.Renderers.Html;
using Markdig.Syntax.Inlines;

namespace Jarvis.Web.Rendering;

/// <summary>Renders a URL between angle brackets.</summary>
internal sealed class AutolinkHtml : HtmlObjectRenderer<AutolinkInline>
{
    protected override void Write(HtmlRenderer renderer, AutolinkInline obj)
    {
        var href = SafeLink.From(obj.IsEmail ? "mailto:" + obj.Url : obj.Url);
        if (href is null)
        {
            renderer.WriteEscape(obj.Url);
            return;
        }

        SafeLink.WriteStart(renderer, href);
        renderer.WriteEscape(obj.Url);
        renderer.Write("</a>");
    }
}
