using System.Text.RegularExpressions;

namespace Jarvis.Application.Speech.Text;

/// <summary>Line of Markdown without its leading marks.</summary>
/// <param name="Text">Text without the leading marks.</param>
internal sealed partial record SpeechLine(SpokenLineKind Kind, string Text)
{
    /// <summary>Number of a list item; null for other lines.</summary>
    public string? Number { get; private init; }

    /// <summary>Text with the mark of its list item.</summary>
    public string TextWithMark { get; private init; } = Text;

    public bool IsQuoted { get; private init; }

    /// <summary>Number of spaces before the text.</summary>
    public int Indent { get; private init; }

    public bool IsIndented => Indent >= 4;

    /// <summary>Mark that opens a code block, such as <c>```</c>.</summary>
    public string FenceMark => FenceStart().Match(Text).Groups[1].Value;

    /// <summary>Indicates whether this is the line under the header of a table.</summary>
    public bool IsHeaderSeparator => HeaderSeparator().IsMatch(Text);

    /// <summary>Parses a line, which may still be incomplete.</summary>
    public static SpeechLine Parse(string line)
    {
        var quoted = Quote().Match(line);
        var rest = line.AsSpan(quoted.Length).TrimEnd();
        var text = rest.TrimStart();

        return Read(text.ToString()) with
        {
            IsQuoted = quoted.ValueSpan.Contains('>'),
            Indent = rest[..^text.Length].Contains('\t') ? 4 : rest.Length - text.Length,
        };
    }

    public bool Closes(string mark) => Text.Length >= mark.Length && Text.AsSpan().Trim(mark[0]).IsEmpty;

    private static SpeechLine Read(string text)
    {
        if (text.Length == 0)
        {
            return new SpeechLine(SpokenLineKind.Blank, "");
        }

        if (FenceStart().IsMatch(text))
        {
            return new SpeechLine(SpokenLineKind.Fence, text);
        }

        if (Rule().IsMatch(text) || LinkTarget().IsMatch(text))
        {
            return new SpeechLine(SpokenLineKind.Rule, text);
        }

        if (Heading().Match(text) is { Success: true } heading)
        {
            return new SpeechLine(SpokenLineKind.Heading, text[heading.Length..].TrimEnd('#').TrimEnd());
        }

        if (Item().Match(text) is { Success: true } item)
        {
            return ReadItem(text, item);
        }

        return new SpeechLine(text[0] == '|' ? SpokenLineKind.TableRow : SpokenLineKind.Text, text);
    }

    private static SpeechLine ReadItem(string text, Match item)
    {
        // An item may contain another block: an item, a heading or code.
        var inner = Read(Task().Replace(text[item.Length..], ""));
        if (inner.Kind == SpokenLineKind.Fence)
        {
            return inner;
        }

        var number = item.Groups["number"] is { Success: true } found ? found.Value : null;

        return new SpeechLine(SpokenLineKind.Item, number is null ? inner.Text : $"{number}: {inner.Text}") { Number = number, TextWithMark = text };
    }

    [GeneratedRegex(@"^(?:\s{0,3}>\s?)*")]
    private static partial Regex Quote();

    [GeneratedRegex("^(`{3,}|~{3,})(?!.*`)")]
    private static partial Regex FenceStart();

    [GeneratedRegex(@"^(?:(?:\*\s*){3,}|(?:-\s*){2,}|(?:_\s*){3,}|=+)$")]
    private static partial Regex Rule();

    [GeneratedRegex(@"^\[[^\]]+\]:\s*\S+")]
    private static partial Regex LinkTarget();

    [GeneratedRegex(@"^#{1,6}(?:\s+|$)")]
    private static partial Regex Heading();

    // “1986. A great year” isn't an item.
    [GeneratedRegex(@"^(?:[-*+•]|(?<number>\d{1,3})[.)])\s+")]
    private static partial Regex Item();

    [GeneratedRegex(@"^\[[ xX]\]\s+")]
    private static partial Regex Task();

    [GeneratedRegex(@"^\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)*\|?$")]
    private static partial Regex HeaderSeparator();
}
