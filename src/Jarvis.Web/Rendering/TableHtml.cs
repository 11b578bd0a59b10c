using Markdig.Extensions.Tables;
using Markdig.Renderers;

namespace Jarvis.Web.Rendering;

/// <summary>Renders a table in a scrollable, focusable element, so that a wide table never widens the page.</summary>
internal sealed class TableHtml : HtmlTableRenderer
{
    protected override void Write(HtmlRenderer renderer, Table table)
    {
        renderer.Write("""<div class="table" tabindex="0">""");
        base.Write(renderer, table);
        renderer.Write("</div>");
    }
}
