using System.Text;

namespace Jarvis.Application.Speech.Text;

/// <summary>
/// Converts streamed Markdown to sentences for speech. It returns a sentence when the following text can't change it any more. The same
/// text gives the same sentences in chunks of any size. Instances aren't thread-safe.
/// </summary>
/// <remarks>
/// It works line by line, as Markdown does. Within a line it cuts after a sentence if every mark is closed, and parses each part separately.
/// Sentences within one mark, such as a bold passage of three sentences, wait for the closing mark.
/// </remarks>
/// <param name="language">The user's language; applies if the language of the text isn't detectable.</param>
public sealed class SpeechTextStream(string language)
{
    private readonly StringBuilder line = new();
    private readonly StringBuilder paragraph = new();
    private readonly SentenceBuffer sentences = new(language);
    private readonly TableReader table = new();
    private string? fence;
    private string? tableHeader;
    private bool inIndentedCode;
    private bool inList;
    private bool inQuote;
    private bool afterBlank = true;

    /// <summary>Number of characters of the line that are already in sentences.</summary>
    private int consumed;

    public static IReadOnlyList<SpokenSentence> Split(string markdown, string language)
    {
        var answer = new SpeechTextStream(language);

        return [.. answer.Append(markdown), .. answer.Finish()];
    }

    /// <summary>Returns the sentences that this chunk completes.</summary>
    public IReadOnlyList<SpokenSentence> Append(string chunk)
    {
        var parts = chunk.Split('\n');
        for (var i = 0; i < parts.Length; i++)
        {
            line.Append(parts[i]);
            ReadOpenLine();
            if (i < parts.Length - 1)
            {
                EndLine();
            }
        }

        return sentences.TakeSentences();
    }

    /// <summary>Returns the remaining sentences at the end of the text.</summary>
    public IReadOnlyList<SpokenSentence> Finish()
    {
        EndLine();
        Flush();
        EndParagraph();

        return sentences.TakeSentences();
    }

    private void EndLine()
    {
        var raw = line.ToString();
        line.Clear();
        Read(raw, SpeechLine.Parse(raw));
        consumed = 0;
    }

    private void Read(string raw, SpeechLine read)
    {
        if (fence is not null)
        {
            fence = read.Closes(fence) ? null : fence;
        }
        else if (!ReadTable(read) && !ReadIndentedCode(read))
        {
            ReadText(raw, AsListItemOrText(read));
        }

        afterBlank = read.Kind == SpokenLineKind.Blank;
    }

    private bool ReadTable(SpeechLine read)
    {
        if (tableHeader is not null && read.IsHeaderSeparator)
        {
            table.Open(tableHeader);
            tableHeader = null;

            return true;
        }

        Flush();
        if (table.IsOpen && (read.Kind == SpokenLineKind.TableRow || read.Text.Contains('|', StringComparison.Ordinal)))
        {
            sentences.Append(table.ReadRow(read.Text));

            return true;
        }

        table.Close();

        return false;
    }

    private bool ReadIndentedCode(SpeechLine read)
    {
        if (inIndentedCode && (read.IsIndented || read.Kind == SpokenLineKind.Blank))
        {
            return true;
        }

        inIndentedCode = StartsIndentedCode(read);
        if (inIndentedCode)
        {
            EndParagraph();
            sentences.AppendCode();
        }

        return inIndentedCode;
    }

    private void ReadText(string raw, SpeechLine read)
    {
        if (StartsBlock(read))
        {
            EndParagraph();
        }

        switch (read.Kind)
        {
            case SpokenLineKind.Blank or SpokenLineKind.Rule:
                break;
            case SpokenLineKind.Fence:
                fence = read.FenceMark;
                sentences.AppendCode();
                break;
            case SpokenLineKind.TableRow:
                tableHeader = read.Text;
                break;
            case SpokenLineKind.Heading:
                Add(read.Text);
                EndParagraph();
                break;
            case SpokenLineKind.Text when read.IsHeaderSeparator && paragraph.ToString().Contains('|', StringComparison.Ordinal):
                table.Open(paragraph.ToString());
                paragraph.Clear();
                break;
            case SpokenLineKind.Item or SpokenLineKind.Text:
                inList = read.Kind == SpokenLineKind.Item || (inList && !(afterBlank && read.Indent == 0));
                inQuote = read.IsQuoted;
                Add(read.Text[consumed..].TrimEnd('\\'));
                if (raw.EndsWith("  ", StringComparison.Ordinal) || raw.EndsWith('\\'))
                {
                    EndParagraph();
                }

                break;
        }
    }

    // Takes the complete sentences of an incomplete line.
    private void ReadOpenLine()
    {
        if (fence is not null || tableHeader is not null || table.IsOpen || inIndentedCode || line.Length == 0)
        {
            return;
        }

        var read = AsListItemOrText(SpeechLine.Parse(line.ToString()));
        if (read.Kind is not (SpokenLineKind.Text or SpokenLineKind.Item) || read.Text.Length == 0 || StartsIndentedCode(read))
        {
            return;
        }

        if (consumed == 0 && StartsBlock(read))
        {
            EndParagraph();
        }

        inQuote = read.IsQuoted;
        while (true)
        {
            var before = paragraph.Length == 0 ? "" : $"{paragraph} ";
            var text = before + read.Text[consumed..];
            if (SentenceBoundary.FindNext(text) is not { } end)
            {
                return;
            }

            sentences.Append(InlineStripper.Strip(text[..end]));
            var next = end + (text.Length - end - text.AsSpan(end).TrimStart().Length);
            consumed += Math.Max(0, next - before.Length);
            paragraph.Remove(0, Math.Min(next, paragraph.Length));
        }
    }

    private bool StartsBlock(SpeechLine read) => read.Kind != SpokenLineKind.Text || read.IsQuoted != inQuote;

    private bool StartsIndentedCode(SpeechLine read) => read.IsIndented && afterBlank && !inList && read.Kind != SpokenLineKind.Blank;

    // “He was born in / 1986. That was…”: within a paragraph, only the number 1 starts a list.
    private SpeechLine AsListItemOrText(SpeechLine read) => read is { Kind: SpokenLineKind.Item, Number: not (null or "1") } && paragraph.Length > 0 && !inList
        ? read with { Kind = SpokenLineKind.Text, Text = read.TextWithMark }
        : read;

    private void Add(string text)
    {
        if (paragraph.Length > 0 && text.Length > 0)
        {
            paragraph.Append(' ');
        }

        paragraph.Append(text);
    }

    private void Flush()
    {
        if (tableHeader is not null)
        {
            paragraph.Append(tableHeader.Trim('|').Replace("|", ", ", StringComparison.Ordinal));
            tableHeader = null;
        }
    }

    private void EndParagraph()
    {
        var text = paragraph.ToString();
        paragraph.Clear();
        while (SentenceBoundary.FindNext(text) is { } end)
        {
            sentences.Append(InlineStripper.Strip(text[..end]));
            text = text[end..].TrimStart();
        }

        sentences.Append(InlineStripper.Strip(text));
    }
}
