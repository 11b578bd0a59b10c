using Markdig.Renderers;
using Markdig.Renderers.Html;
using Markdig.Syntax.Inlines;

namespace Jarvis.Web.Rendering;

/// <summary>Renders web and e-mail links. Images become links too, so that reading an answer sends no request to another host.</summary>
internal sealed class LinkHtml : HtmlObjectRenderer<LinkInline>
{
    protected override void Write(HtmlRenderer renderer, LinkInline obj)
    {
        // HTML does not allow nested links.
        var href = IsInLink(obj) ? null : SafeLink.From(obj.GetDynamicUrl?.Invoke() ?? obj.Url);
        if (href is null)
        {
            renderer.WriteChildren(obj);
            return;
        }

        SafeLink.WriteStart(renderer, href);
        if (obj.FirstChild is null)
        {
            renderer.WriteEscape(href);
        }

        renderer.WriteChildren(obj);
        renderer.Write("</a>");
    }

    private static bool IsInLink(LinkInline link)
    {
        for (var parent = link.Parent; parent is not null; parent = parent.Parent)
        {
            if (parent is LinkInline)
            {
                return true;
            }
        }

        return false;
    }
}
