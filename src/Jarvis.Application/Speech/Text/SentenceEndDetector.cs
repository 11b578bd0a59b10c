using System.Buffers;
using System.Collections.Frozen;

namespace Jarvis.Application.Speech.Text;

/// <summary>Where sentences end: not at “np.”, “Dr.” or “3.14”. The same text gives the same ends, however it came.</summary>
internal static class SentenceEndDetector
{
    private const string Closers = "\"'”’»)]*_~";
    private const string Openers = "*_~\"'„“”«»‚‘’([{!-–—•";

    private static readonly SearchValues<char> Before = SearchValues.Create(" \"'„“«([{*_~");

    /// <summary>A capital letter behind them begins no sentence.</summary>
    private static readonly FrozenSet<string> ContinuationPattern = FrozenSet.ToFrozenSet(
        [
            "np", "tzn", "tj", "m.in", "tzw", "dr", "prof", "mgr", "inż", "hab", "lek", "ul", "al", "pl", "os", "św", "ks", "gen", "płk", "mjr",
            "kpt", "por", "im", "zob", "wg", "ang", "fr", "niem", "łac", "woj", "pow", "gm", "pt", "ds", "tel", "ur", "zm", "p",
            "mr", "mrs", "ms", "st", "mt", "rev", "hon", "sgt", "capt", "lt", "col", "e.g", "i.e", "vs", "cf", "approx", "ca", "viz", "ph.d",
        ],
        StringComparer.OrdinalIgnoreCase);

    /// <summary>A number behind them belongs to them; a capital letter begins a sentence.</summary>
    private static readonly FrozenSet<string> TakeNumber = FrozenSet.ToFrozenSet(
        [
            "nr", "no", "nos", "str", "s", "art", "ust", "pkt", "poz", "rys", "tab", "rozdz", "godz", "ok", "fig", "figs", "pp", "vol", "ch",
            "sec", "eq", "lp", "r", "w", "jan", "feb", "mar", "apr", "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec", "min", "max", "t",
        ],
        StringComparer.OrdinalIgnoreCase);

    /// <summary>The place behind the first sentence that ends at or after <paramref name="from"/>; null where the rest is still open.</summary>
    /// <param name="isWhole">Whether nothing follows the text.</param>
    public static int? Next(string text, int from, bool isWhole)
    {
        for (var i = from; i < text.Length; i++)
        {
            if (text[i] is '。' or '！' or '？')
            {
                return i + 1;
            }

            if (text[i] is not ('.' or '!' or '?' or '…'))
            {
                continue;
            }

            var end = TextAfter(text, i, ".!?…");
            var closed = TextAfter(text, end, Closers);
            switch (Decide(text, i, end, closed))
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

    // Null while what follows may still decide.
    private static bool? Decide(string text, int dot, int end, int closed)
    {
        if (closed == text.Length)
        {
            return null;
        }

        if (!char.IsWhiteSpace(text[closed]))
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

        return text[dot] == '.' && end == dot + 1
            ? !char.IsLower(text[next]) && EndsAt(text, dot, text[next])
            : !char.IsLower(text[next]) || (text[dot] is '!' or '?' && closed == end);
    }

    private static bool EndsAt(string text, int dot, char next)
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

        // “1. Install”: the number of an item, not a sentence.
        if (word.All(char.IsDigit))
        {
            return text.AsSpan(0, start).ContainsAnyExcept(Before);
        }

        // “J. R. R. Tolkien”, “U.S. Army”.
        if (word.Split('.').All(part => part.Length == 1 && char.IsUpper(part[0])))
        {
            return false;
        }

        return !ContinuationPattern.Contains(word) && !(char.IsDigit(next) && TakeNumber.Contains(word));
    }

    private static int TextAfter(string text, int from, string signs)
    {
        while (from < text.Length && signs.Contains(text[from], StringComparison.Ordinal))
        {
            from++;
        }

        return from;
    }
}
