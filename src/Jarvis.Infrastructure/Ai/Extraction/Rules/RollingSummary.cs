using System.Text.RegularExpressions;
using Jarvis.Domain.Common;

namespace Jarvis.Infrastructure.Ai.Extraction.Rules;

/// <summary>
/// Summarizes a conversation in the user's own sentences, one a line, the oldest first. If it grows too long, lines of the older half are
/// dropped; statements about the user stay longest.
/// </summary>
internal static partial class RollingSummary
{
    public const int MaxLength = 1_500;
    private const int LineMaxLength = 160;
    private const int MinWords = 4;

    public static string Extend(string summary, IEnumerable<string> messages)
    {
        var lines = SplitLines(summary).Concat(messages.SelectMany(SelectSentences).Select(ToLine)).Distinct(StringComparer.OrdinalIgnoreCase).ToList();
        for (var length = lines.Sum(line => line.Length + 1); length > MaxLength;)
        {
            length -= DropOldest(lines, length - MaxLength);
        }

        return string.Join('\n', lines);
    }

    // A language model may have written the summary as one paragraph.
    private static IEnumerable<string> SplitLines(string summary) =>
        summary.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .SelectMany(line => line.Length <= LineMaxLength ? [line] : SentenceSplitter.Split(line).Select(ToLine));

    private static string ToLine(Sentence sentence) => Shorten(sentence.IsQuestion ? sentence.Text + "?" : sentence.Text);

    // Drops lines without a statement first; if every line of the older half has one, the oldest. Returns the number of removed characters.
    private static int DropOldest(List<string> lines, int excess)
    {
        var half = (lines.Count + 1) / 2;
        var removed = 0;
        for (var i = 0; i < half && removed < excess;)
        {
            if (lines[i].EndsWith('?') || StatementReader.Read(lines[i]).Count == 0)
            {
                removed += lines[i].Length + 1;
                lines.RemoveAt(i);
                half--;
            }
            else
            {
                i++;
            }
        }

        if (removed == 0)
        {
            removed = lines[0].Length + 1;
            lines.RemoveAt(0);
        }

        return removed;
    }

    private static IEnumerable<Sentence> SelectSentences(string message) =>
        UserTextFilter.Filter(message).Sentences.Where(sentence => sentence.Text.SplitFoldedWords().Length >= MinWords && !GreetingPattern().IsMatch(sentence.Text));

    private static string Shorten(string line)
    {
        if (line.Length <= LineMaxLength)
        {
            return line;
        }

        var cut = line.LastIndexOf(' ', LineMaxLength - 1);
        cut = cut > LineMaxLength / 2 ? cut : LineMaxLength - 1;

        return line.Truncate(cut).TrimEnd() + "…";
    }

    [GeneratedRegex(
        @"^(?:thanks|thank you|great|ok|okay|hi|hello|good (?:morning|evening)|dzięki|dziękuję|super|cześć|hej|dzień dobry)\b",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant,
        matchTimeoutMilliseconds: 1_000)]
    private static partial Regex GreetingPattern();
}
