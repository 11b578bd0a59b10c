using System.Buffers;
using System.Collections.Frozen;

namespace Jarvis.Domain.Common;

/// <param name="Text">Text without its closing punctuation.</param>
public sealed record Sentence(string Text, bool IsQuestion);

/// <summary>
/// Finds the ends of sentences, but not at “np.”, “Dr.” or “3.14”. The result doesn't depend on the size of the chunks.
/// </summary>
public static class SentenceSplitter
{
    private const string Terminators = ".!?…";
    private const string Closers = "\"'”’»)]*_~";
    private const string Openers = "*_~\"'„“”«»‚‘’([{!-–—•";

    private static readonly SearchValues<char> Before = SearchValues.Create(" \"'„“«([{*_~");

    /// <summary>Abbreviations after which a capital letter doesn't start a sentence.</summary>
    private static readonly FrozenSet<string> ContinuingAbbreviations = FrozenSet.ToFrozenSet(
        [
            "np", "tzn", "tj", "m.in", "tzw", "dr", "prof", "mgr", "inż", "hab", "lek", "ul", "al", "pl", "os", "św", "ks", "gen", "płk", "mjr",
            "kpt", "por", "im", "zob", "wg", "ang", "fr", "niem", "łac", "woj", "pow", "gm", "pt", "ds", "tel", "ur", "zm", "p",
            "mr", "mrs", "ms", "st", "mt", "rev", "hon", "sgt", "capt", "lt", "col", "e.g", "i.e", "vs", "cf", "approx", "ca", "viz", "ph.d",
        ],
        StringComparer.OrdinalIgnoreCase);

    /// <summary>Abbreviations to which a following number belongs. A capital letter after them starts a sentence.</summary>
    private static readonly FrozenSet<string> NumberedAbbreviations = FrozenSet.ToFrozenSet(
        [
            "nr", "no", "nos", "str", "s", "art", "ust", "pkt", "poz", "rys", "tab", "rozdz", "godz", "ok", "fig", "figs", "pp", "vol", "ch",
            "sec", "eq", "lp", "r", "w", "jan", "feb", "mar", "apr", "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec", "min", "max", "t",
        ],
        StringComparer.OrdinalIgnoreCase);

    /// <summary>Splits a line of a user's message into sentences.</summary>
    public static IEnumerable<Sentence> Split(string line)
    {
        for (var start = 0; FindEnd(line, start, isWhole: true, isInformal: true) is { } end; start = end)
        {
            var sentence = line[start..end].Trim();
            var text = sentence.TrimEnd([.. Terminators]);
            yield return new Sentence(text.TrimEnd(), sentence.AsSpan(text.Length).Contains('?'));
        }
    }

    /// <summary>
    /// Returns the position after the first sentence that ends at or after <paramref name="from"/>; null if the sentence is still
    /// open.
    /// </summary>
    /// <param name="isWhole">Indicates whether the text is complete.</param>
    /// <param name="isInformal">
    /// Indicates whether a sentence may also start with a lower-case letter, and end before an emoji, as in messages of users.
    /// </param>
    public static int? FindEnd(string text, int from, bool isWhole, bool isInformal = false)
    {
        for (var i = from; i < text.Length; i++)
        {
            if (text[i] is '。' or '！' or '？')
            {
                return i + 1;
            }

            if (!Terminators.Contains(text[i], StringComparison.Ordinal))
            {
                continue;
            }

            var end = SkipCharacters(text, i, Terminators);
            var closed = isInformal ? end : SkipCharacters(text, end, Closers);
            switch (Decide(text, i, end, closed, isInformal))
            {
                case true:
                    return closed;
                case null when !isWhole:
                    return null;
            }

            i = end - 1;
        }

        return isWhole && from < text.Length ? text.Length : null;
    }

    // Returns null if the following text decides.
    private static bool? Decide(string text, int dot, int end, int closed, bool isInformal)
    {
        if (closed == text.Length)
        {
            return null;
        }

        if (!char.IsWhiteSpace(text[closed]) && !(isInformal && char.IsSurrogate(text[closed])))
        {
            return false;
        }

        var next = closed;
        while (next < text.Length && (char.IsWhiteSpace(text[next]) || Openers.Contains(text[next], StringComparison.Ordinal)))
        {
            next++;
        }

        if (next == text.Length)
        {
            return null;
        }

        var isStart = !char.IsLower(text[next]) || (isInformal && !IsOrdinal(text, dot));

        return text[dot] == '.' && end == dot + 1
            ? isStart && IsSentenceEnd(text, dot, text[next])
            : isStart || isInformal || (text[dot] is '!' or '?' && closed == end);
    }

    // “5. maja”, but not “in 1990.”
    private static bool IsOrdinal(string text, int dot) => dot > 0 && char.IsDigit(text[dot - 1]) && !(dot > 2 && char.IsDigit(text[dot - 3]));

    private static bool IsSentenceEnd(string text, int dot, char next)
    {
        var start = dot;
        while (start > 0 && (char.IsLetterOrDigit(text[start - 1]) || text[start - 1] == '.'))
        {
            start--;
        }

        var word = text[start..dot];
        if (word.Length == 0)
        {
            return true;
        }

        // “1. Install” is the number of a list item, not a sentence.
        if (word.All(char.IsDigit))
        {
            return text.AsSpan(0, start).ContainsAnyExcept(Before);
        }

        // Initials: “J. R. R. Tolkien”, “U.S. Army”.
        if (word.Split('.').All(part => part.Length == 1 && char.IsUpper(part[0])))
        {
            return false;
        }

        return !ContinuingAbbreviations.Contains(word) && !(char.IsDigit(next) && NumberedAbbreviations.Contains(word));
    }

    private static int SkipCharacters(string text, int from, string characters)
    {
        while (from < text.Length && characters.Contains(text[from], StringComparison.Ordinal))
        {
            from++;
        }

        return from;
    }
}
