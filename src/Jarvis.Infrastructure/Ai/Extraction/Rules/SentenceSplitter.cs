namespace Jarvis.Infrastructure.Ai.Extraction.Rules;

/// <summary>
/// Splits a line of a user's message into sentences. Full stops of abbreviations, dates and addresses don't end a sentence.
/// </summary>
/// <remarks>
/// The rules differ from those of <c>SentenceEndDetector</c>, which cuts streamed Markdown for speech and decides by the next letter. Users
/// often omit capital letters, so a sentence ends here even before a lower-case letter.
/// </remarks>
internal static class SentenceSplitter
{
    private const string Closing = ".!?…";

    private static readonly HashSet<string> Abbreviations = new(StringComparer.OrdinalIgnoreCase)
    {
        "dr", "mr", "mrs", "ms", "prof", "st", "e.g", "i.e", "vs", "approx", "mgr", "inż", "ul", "np", "m.in", "tzn", "ok", "godz", "im", "św", "al",
    };

    public static IEnumerable<Sentence> Split(string line)
    {
        var start = 0;
        for (var i = 0; i < line.Length; i++)
        {
            if (!Closing.Contains(line[i], StringComparison.Ordinal))
            {
                continue;
            }

            var end = i;
            while (i + 1 < line.Length && Closing.Contains(line[i + 1], StringComparison.Ordinal))
            {
                i++;
            }

            if (IsSentenceEnd(line, start, end, i))
            {
                yield return new Sentence(line[start..end].Trim(), line.AsSpan(end, i - end + 1).Contains('?'));
                start = i + 1;
            }
        }

        if (start < line.Length)
        {
            yield return new Sentence(line[start..].Trim(), IsQuestion: false);
        }
    }

    private static bool IsSentenceEnd(string line, int start, int end, int last)
    {
        if (last + 1 < line.Length && !char.IsWhiteSpace(line[last + 1]) && !char.IsSurrogate(line[last + 1]))
        {
            return false;
        }

        if (line[end] != '.' || last > end)
        {
            return true;
        }

        var word = line[(line.LastIndexOf(' ', end, end - start + 1) + 1)..end];
        var isOrdinal = word.Length is 1 or 2 && word.All(char.IsAsciiDigit) && last + 2 < line.Length && char.IsLower(line[last + 2]);

        return !isOrdinal && !Abbreviations.Contains(word);
    }
}
