using System.Net;
using Markdig;
using Markdig.Renderers;
using Markdig.Renderers.Html;
using Markdig.Syntax;

namespace Jarvis.Web.Rendering;

/// <summary>
/// Markdown written by a stranger (a model, or a person through it) as HTML that may stand in the page: no raw HTML, no
/// styles, no scripts, nothing that asks another host for anything. The same text always gives the same HTML.
/// </summary>
internal sealed class MarkdownRenderer
{
    private static readonly MarkdownPipeline Pipeline = new MarkdownPipelineBuilder()
        .DisableHtml()
        .UseEmphasisExtras(Markdig.Extensions.EmphasisExtras.EmphasisExtraOptions.Strikethrough)
        .UsePipeTables()
        .UseTaskLists()
        .UseAutoLinks()
        .Build();

    private readonly MarkdownSanitizer cleaner = new();

    public string Render(string markdown) => string.Join('\n', RenderBlocks(markdown));

    /// <summary>One element of HTML for each block at the top level, in order.</summary>
    public IReadOnlyList<string> RenderBlocks(string markdown) => [.. RenderBlocks(markdown, new HeadingOutline()).Select(block => block.Html)];

    /// <param name="outline">Which headings came before; moved on by those of this text.</param>
    internal List<RenderedBlock> RenderBlocks(string markdown, HeadingOutline outline)
    {
        if (Parse(markdown) is not { } document)
        {
            return [new RenderedBlock(0, $"""<p dir="auto">{WebUtility.HtmlEncode(markdown)}</p>""", outline)];
        }

        var blocks = new List<RenderedBlock>(document.Count);
        foreach (var block in document)
        {
            var before = outline.Copy();
            MarkdownDocumentNormalizer.Apply(block, outline);
            if (cleaner.Sanitize(ToHtml(block)) is { Length: > 0 } html)
            {
                blocks.Add(new RenderedBlock(block.Span.Start, html, before));
            }
        }

        return blocks;
    }

    private static MarkdownDocument? Parse(string markdown)
    {
        try
        {
            return Markdown.Parse(markdown, Pipeline);
        }
        catch (ArgumentException)
        {
            // The parser's answer to nesting beyond its limit, which is no text a person reads as Markdown.
            return null;
        }
    }

    private static string ToHtml(Block block)
    {
        using var writer = new StringWriter();
        var renderer = new HtmlRenderer(writer);
        Pipeline.Setup(renderer);
        renderer.ObjectRenderers.ReplaceOrAdd<CodeBlockRenderer>(new CodeBlockHtml());
        renderer.ObjectRenderers.ReplaceOrAdd<Markdig.Renderers.Html.Inlines.LinkInlineRenderer>(new LinkHtml());
        renderer.ObjectRenderers.ReplaceOrAdd<Markdig.Renderers.Html.Inlines.AutolinkInlineRenderer>(new AutolinkHtml());
        renderer.ObjectRenderers.ReplaceOrAdd<Markdig.Extensions.Tables.HtmlTableRenderer>(new TableHtml());
        renderer.ObjectRenderers.ReplaceOrAdd<Markdig.Extensions.TaskLists.HtmlTaskListRenderer>(new TaskHtml());
        renderer.Render(block);

        return writer.ToString().Trim();
    }
}

/// <param name="Start">Where it begins in the text.</param>
/// <param name="Before">The headings that came before it.</param>
internal sealed record RenderedBlock(int Start, string Html, HeadingOutline Before);
