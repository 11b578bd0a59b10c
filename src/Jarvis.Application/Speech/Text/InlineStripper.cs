using System.Text;
using System.Text.RegularExpressions;
using Markdig;
using Markdig.Parsers;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace Jarvis.Application.Speech.Text;

/// <summary>What is heard of a line of Markdown: the words, not their marks; a link's text, a picture's description, an address's host.</summary>
internal static partial class InlineStripper
{
    private static readonly MarkdownPipeline Pipeline = OnlyInlines();

    public static string Strip(string markdown)
    {
        try
        {
            var heard = new StringBuilder(markdown.Length);
            foreach (var block in Markdown.Parse(markdown.Trim(), Pipeline).OfType<LeafBlock>())
            {
                AppendText(block.Inline, heard);
            }

            return ReferenceMark().Replace(heard.ToString(), "$1").Trim();
        }
        catch (ArgumentException)
        {
            // The parser's answer to nesting beyond its limit, which is no text a person reads as Markdown.
            return markdown;
        }
    }

    private static void AppendText(ContainerInline? inlines, StringBuilder heard)
    {
        foreach (var inline in inlines ?? [])
        {
            switch (inline)
            {
                case LiteralInline literal:
                    heard.Append(literal.Content.AsSpan());
                    break;
                case CodeInline code:
                    heard.Append(code.Content);
                    break;
                case LineBreakInline:
                    heard.Append(' ');
                    break;
                case AutolinkInline address:
                    heard.Append(address.Url);
                    break;
                case HtmlEntityInline entity:
                    heard.Append(entity.Transcoded.AsSpan());
                    break;
                case ContainerInline container:
                    AppendText(container, heard);
                    break;
            }
        }
    }

    // A slice of a text begins anywhere: “2020. Then” must not become a list.
    private static MarkdownPipeline OnlyInlines()
    {
        var builder = new MarkdownPipelineBuilder().UseEmphasisExtras(Markdig.Extensions.EmphasisExtras.EmphasisExtraOptions.Strikethrough);
        builder.BlockParsers.Clear();
        builder.BlockParsers.Add(new ParagraphBlockParser());

        return builder.DisableHtml().Build();
    }

    // “[text][3]” and “fact [3]”: where a note stands is not heard.
    [GeneratedRegex(@"\[([^\[\]]*)\]\s?\[[^\[\]]*\]|\s?\[\^?\d+\]")]
    private static partial Regex ReferenceMark();
}
