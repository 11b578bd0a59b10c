using System.Net;
using Markdig;
using Markdig.Renderers;
using Markdig.Renderers.Html;
using Markdig.Syntax;

namespace Jarvis.Web.Rendering;

/// <summary>
/// Renders untrusted Markdown, from a model or from a user through it, as safe HTML: no raw HTML, no styles, no scripts, and no
/// requests to other hosts. The output is deterministic.
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

    private readonly MarkdownSanitizer sanitizer = new();

    public string Render(string markdown) => string.Join('\n', RenderBlocks(markdown));

    /// <summary>Returns one HTML element for each top-level block, in order.</summary>
    public IReadOnlyList<string> RenderBlocks(string markdown) => [.. RenderBlocks(markdown, new HeadingOutline()).Select(block => block.Html)];

    /// <param name="outline">Headings before the text; the method adds those of the text.</param>
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
            if (sanitizer.Sanitize(ToHtml(block)) is { Length: > 0 } html)
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
            // The parser throws if the nesting exceeds its limit. Such a text is shown unformatted.
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

/// <param name="Start">Position of the block in the text.</param>
/// <param name="Before">Headings before the block.</param>
internal sealed record RenderedBlock(int Start, string Html, HeadingOutline Before);
