using Jarvis.Domain.Common;
using Markdig.Renderers;
using Markdig.Renderers.Html;
using Markdig.Syntax;

namespace Jarvis.Web.Rendering;

/// <summary>Renders code in a frame with the name of its language. The page's scripts add the copy button and highlight the code.</summary>
internal sealed class CodeBlockHtml : HtmlObjectRenderer<CodeBlock>
{
    private const int NameMaxLength = 30;

    protected override void Write(HtmlRenderer renderer, CodeBlock obj)
    {
        var code = obj.Lines.ToString();
        var name = ReadLanguage(obj);

        renderer.Write("""<div class="code" dir="ltr"><div class="code-head"><span class="code-name">""");
        renderer.WriteEscape(name);
        // A focusable element scrolls with the arrow keys.
        renderer.Write("""</span></div><pre tabindex="0"><code>""");
        renderer.WriteEscape(code);
        renderer.Write("</code></pre></div>");
    }

    private static string ReadLanguage(CodeBlock block)
    {
        var info = (block as FencedCodeBlock)?.Info ?? "";
        var name = info.Split([' ', '{', ':', ','], 2)[0];

        return name.Truncate(NameMaxLength);
    }
}
