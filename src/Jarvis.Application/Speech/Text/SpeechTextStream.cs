using System.Text;

namespace Jarvis.Application.Speech.Text;

/// <summary>
/// Reads an answer aloud while it is written: Markdown in pieces goes in, finished sentences come out. A sentence comes out once
/// nothing that may follow can change it, and the same text gives the same sentences in pieces of any size. Not for parallel use.
/// </summary>
/// <remarks>
/// It goes line by line, as Markdown does. Within a line it cuts where a sentence ends and every mark is closed; each cut is then
/// read for itself. What a mark holds together (a bold passage of three sentences) waits for that mark.
/// </remarks>
/// <param name="language">Of the person: where the text does not tell its own.</param>
public sealed class SpeechTextStream(string language)
{
    private readonly StringBuilder line = new();
    private readonly StringBuilder paragraph = new();
    private readonly SentenceBuffer voice = new(language);
    private readonly TableReader table = new();
    private string? fence;
    private string? head;
    private bool inIndentedCode;
    private bool inList;
    private bool inQuote;
    private bool afterBlank = true;

    /// <summary>How much of the line's text is spoken already.</summary>
    private int taken;

    public static IReadOnlyList<SpokenSentence> Split(string markdown, string language)
    {
        var answer = new SpeechTextStream(language);

        return [.. answer.Append(markdown), .. answer.Finish()];
    }

    /// <summary>The sentences that this piece finished.</summary>
    public IReadOnlyList<SpokenSentence> Append(string piece)
    {
        var parts = piece.Split('\n');
        for (var i = 0; i < parts.Length; i++)
        {
            line.Append(parts[i]);
            ReadOpenLine();
            if (i < parts.Length - 1)
            {
                EndLine();
            }
        }

        return voice.TakeSentences();
    }

    /// <summary>What is left when nothing more comes.</summary>
    public IReadOnlyList<SpokenSentence> Finish()
    {
        EndLine();
        Flush();
        EndParagraph();

        return voice.TakeSentences();
    }

    private void EndLine()
    {
        var raw = line.ToString();
        line.Clear();
        Read(raw, SpeechLine.Parse(raw));
        taken = 0;
    }

    private void Read(string raw, SpeechLine read)
    {
        if (fence is not null)
        {
            fence = read.Closes(fence) ? null : fence;
        }
        else if (!ReadTable(read) && !ReadIndentedCode(read))
        {
            ReadText(raw, MarkRead(read));
        }

        afterBlank = read.Is == SpokenLineKind.Blank;
    }

    private bool ReadTable(SpeechLine read)
    {
        if (head is not null && read.IsUnderHead)
        {
            table.Open(head);
            head = null;

            return true;
        }

        Flush();
        if (table.IsOpen && (read.Is == SpokenLineKind.TableRow || read.Text.Contains('|', StringComparison.Ordinal)))
        {
            voice.Append(table.ReadRow(read.Text));

            return true;
        }

        table.Close();

        return false;
    }

    private bool ReadIndentedCode(SpeechLine read)
    {
        if (inIndentedCode && (read.IsIndented || read.Is == SpokenLineKind.Blank))
        {
            return true;
        }

        inIndentedCode = StartsIndentedCode(read);
        if (inIndentedCode)
        {
            EndParagraph();
            voice.AppendCode();
        }

        return inIndentedCode;
    }

    private void ReadText(string raw, SpeechLine read)
    {
        if (StartsBlock(read))
        {
            EndParagraph();
        }

        switch (read.Is)
        {
            case SpokenLineKind.Blank or SpokenLineKind.Rule:
                break;
            case SpokenLineKind.Fence:
                fence = read.FenceMark;
                voice.AppendCode();
                break;
            case SpokenLineKind.TableRow:
                head = read.Text;
                break;
            case SpokenLineKind.Heading:
                Add(read.Text);
                EndParagraph();
                break;
            case SpokenLineKind.Text when read.IsUnderHead && paragraph.ToString().Contains('|', StringComparison.Ordinal):
                table.Open(paragraph.ToString());
                paragraph.Clear();
                break;
            case SpokenLineKind.Item or SpokenLineKind.Text:
                inList = read.Is == SpokenLineKind.Item || (inList && !(afterBlank && read.Lead == 0));
                inQuote = read.IsQuoted;
                Add(read.Text[taken..].TrimEnd('\\'));
                if (raw.EndsWith("  ", StringComparison.Ordinal) || raw.EndsWith('\\'))
                {
                    EndParagraph();
                }

                break;
        }
    }

    // Speaks what is finished of a line that still goes on.
    private void ReadOpenLine()
    {
        if (fence is not null || head is not null || table.IsOpen || inIndentedCode || line.Length == 0)
        {
            return;
        }

        var read = MarkRead(SpeechLine.Parse(line.ToString()));
        if (read.Is is not (SpokenLineKind.Text or SpokenLineKind.Item) || read.Text.Length == 0 || StartsIndentedCode(read))
        {
            return;
        }

        if (taken == 0 && StartsBlock(read))
        {
            EndParagraph();
        }

        inQuote = read.IsQuoted;
        while (true)
        {
            var before = paragraph.Length == 0 ? "" : $"{paragraph} ";
            var text = before + read.Text[taken..];
            if (SentenceBoundary.FindNext(text) is not { } end)
            {
                return;
            }

            voice.Append(InlineStripper.Strip(text[..end]));
            var next = end + (text.Length - end - text.AsSpan(end).TrimStart().Length);
            taken += Math.Max(0, next - before.Length);
            paragraph.Remove(0, Math.Min(next, paragraph.Length));
        }
    }

    private bool StartsBlock(SpeechLine read) => read.Is != SpokenLineKind.Text || read.IsQuoted != inQuote;

    private bool StartsIndentedCode(SpeechLine read) => read.IsIndented && afterBlank && !inList && read.Is != SpokenLineKind.Blank;

    // “He was born in / 1986. That was…”: a number begins a list in the middle of a text only where it is the first.
    private SpeechLine MarkRead(SpeechLine read) => read is { Is: SpokenLineKind.Item, Number: not (null or "1") } && paragraph.Length > 0 && !inList
        ? read with { Is = SpokenLineKind.Text, Text = read.Whole }
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
        if (head is not null)
        {
            paragraph.Append(head.Trim('|').Replace("|", ", ", StringComparison.Ordinal));
            head = null;
        }
    }

    private void EndParagraph()
    {
        var text = paragraph.ToString();
        paragraph.Clear();
        while (SentenceBoundary.FindNext(text) is { } end)
        {
            voice.Append(InlineStripper.Strip(text[..end]));
            text = text[end..].TrimStart();
        }

        voice.Append(InlineStripper.Strip(text));
    }
}
