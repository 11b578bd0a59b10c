using System.Text;
using System.Text.RegularExpressions;
using Markdig;
using Markdig.Parsers;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace Jarvis.Application.Speech.Text;

/// <summary>Converts a line of Markdown to plain text: words without marks, the text of links, and the description of images.</summary>
internal static partial class InlineStripper
{
    private static readonly MarkdownPipeline Pipeline = CreateInlinePipeline();

    public static string Strip(string markdown)
    {
        try
        {
            var plain = new StringBuilder(markdown.Length);
            foreach (var block in Markdown.Parse(markdown.Trim(), Pipeline).OfType<LeafBlock>())
            {
                AppendText(block.Inline, plain);
            }

            return ReferenceMark().Replace(plain.ToString(), "$1").Trim();
        }
        catch (ArgumentException)
        {
            // The parser throws this if the nesting exceeds its limit. The text stays as it is.
            return markdown;
        }
    }

    private static void AppendText(ContainerInline? inlines, StringBuilder plain)
    {
        foreach (var inline in inlines ?? [])
        {
            switch (inline)
            {
                case LiteralInline literal:
                    plain.Append(literal.Content.AsSpan());
                    break;
                case CodeInline code:
                    plain.Append(code.Content);
                    break;
                case LineBreakInline:
                    plain.Append(' ');
                    break;
                case AutolinkInline address:
                    plain.Append(address.Url);
                    break;
                case HtmlEntityInline entity:
                    plain.Append(entity.Transcoded.AsSpan());
                    break;
                case ContainerInline container:
                    AppendText(container, plain);
                    break;
            }
        }
    }

    // A part of a text starts anywhere: “2020. Then” must not become a list.
    private static MarkdownPipeline CreateInlinePipeline()
    {
        var builder = new MarkdownPipelineBuilder().UseEmphasisExtras(Markdig.Extensions.EmphasisExtras.EmphasisExtraOptions.Strikethrough);
        builder.BlockParsers.Clear();
        builder.BlockParsers.Add(new ParagraphBlockParser());

        return builder.DisableHtml().Build();
    }

    // “[text][3]” and “fact [3]”: speech leaves out the number of a note.
    [GeneratedRegex(@"\[([^\[\]]*)\]\s?\[[^\[\]]*\]|\s?\[\^?\d+\]")]
    private static partial Regex ReferenceMark();
}
