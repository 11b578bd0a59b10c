using Markdig.Extensions.Tables;
using Markdig.Renderers;

namespace Jarvis.Web.Rendering;

/// <summary>A wide table scrolls in itself, with the keyboard too, and never makes the page wider.</summary>
internal sealed class TableHtml : HtmlTableRenderer
{
    protected override void Write(HtmlRenderer renderer, Table table)
    {
        renderer.Write("""<div class="table" tabindex="0">""");
        base.Write(renderer, table);
        renderer.Write("</div>");
    }
}
