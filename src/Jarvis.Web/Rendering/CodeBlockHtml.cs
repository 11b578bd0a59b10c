using Markdig.Renderers;
using Markdig.Renderers.Html;
using Markdig.Syntax;

namespace Jarvis.Web.Rendering;

/// <summary>Code in a frame with the name of its language; the page's script adds the button that copies it.</summary>
internal sealed class CodeBlockHtml : HtmlObjectRenderer<CodeBlock>
{
    private const int NameMaxLength = 30;

    protected override void Write(HtmlRenderer renderer, CodeBlock obj)
    {
        var code = obj.Lines.ToString();
        var name = ReadLanguage(obj);

        renderer.Write("""<div class="code" dir="ltr"><div class="code-head"><span class="code-name">""");
        renderer.WriteEscape(name);
        // Whoever has no mouse scrolls it with the arrow keys, for which it must take the focus.
        renderer.Write("""</span></div><pre tabindex="0"><code>""");
        renderer.Write(CodeHighlighter.ToHtml(code, name));
        renderer.Write("</code></pre></div>");
    }

    private static string ReadLanguage(CodeBlock block)
    {
        var info = (block as FencedCodeBlock)?.Info ?? "";
        var name = info.Split([' ', '{', ':', ','], 2)[0];

        return name.Length <= NameMaxLength ? name : name[..NameMaxLength];
    }
}
