using Markdig.Renderers;
using Markdig.Renderers.Html;
using Markdig.Syntax.Inlines;

namespace Jarvis.Web.Rendering;

/// <summary>A link to the web or to a mailbox; a picture is a link too, so that reading an answer asks no other host for anything.</summary>
internal sealed class LinkHtml : HtmlObjectRenderer<LinkInline>
{
    protected override void Write(HtmlRenderer renderer, LinkInline obj)
    {
        // A link inside a link is none.
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
