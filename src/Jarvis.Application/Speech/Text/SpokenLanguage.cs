using System.Buffers;
using System.Collections.Frozen;
using System.Text.RegularExpressions;

namespace Jarvis.Application.Speech.Text;

/// <summary>Detects English or Polish.</summary>
internal static partial class SpokenLanguage
{
    public const string Polish = "pl";
    public const string English = "en";

    private const int PolishLetterWeight = 2;

    private static readonly SearchValues<char> PolishLetters = SearchValues.Create("ąćęłńóśźż");

    // Words that only one of the languages has. Both have: a, by, do, i, my, no, on, ten, to, we.
    private static readonly FrozenSet<string> PolishWords = FrozenSet.ToFrozenSet(
    [
        "w", "z", "na", "nie", "jest", "co", "jak", "od", "po", "za", "o", "ale", "czy", "tak", "dla", "oraz", "lub", "albo", "przez", "jego",
        "jej", "ich", "ta", "te", "tego", "tym", "tej", "tylko", "kiedy", "gdzie", "kto", "ma", "masz", "mam", "jestem", "jako", "ze", "bo",
        "dobrze", "teraz", "wtedy", "potem", "oto", "np", "jeden", "dwa", "trzy", "pies", "dnia", "roku", "wynosi", "rok", "godz", "ul", "tys",
        "mln", "mld", "przed", "nad", "pod", "przy", "jednak", "jeszcze", "kosztuje", "ok", "tj", "itd", "itp",
    ]);

    private static readonly FrozenSet<string> EnglishWords = FrozenSet.ToFrozenSet(
    [
        "the", "an", "and", "is", "are", "was", "were", "of", "in", "for", "with", "that", "this", "it", "you", "your", "be", "have", "has", "not",
        "but", "or", "as", "at", "from", "what", "how", "when", "where", "who", "can", "will", "would", "yes", "here", "there", "they", "he", "she",
        "his", "her", "its", "so", "if", "than", "then", "does", "did", "one", "two", "three", "first", "second", "next", "see", "about", "all",
    ]);

    /// <summary>Returns the language; null if undecided: a name, a number, a word of both languages.</summary>
    public static string? Detect(string text)
    {
        var (polish, english) = (0, 0);
        foreach (var word in Word().EnumerateMatches(text))
        {
            var lower = text.Substring(word.Index, word.Length).ToLowerInvariant();
            // “Gdańsk” and “Wałęsa” also occur in English text.
            if (lower.AsSpan().ContainsAny(PolishLetters))
            {
                polish += char.IsLower(text[word.Index]) ? PolishLetterWeight : word.Index == 0 ? 1 : 0;
            }

            polish += PolishWords.Contains(lower) ? 1 : 0;
            english += EnglishWords.Contains(lower) ? 1 : 0;
        }

        return polish == english ? null : polish > english ? Polish : English;
    }

    [GeneratedRegex(@"\p{L}+")]
    private static partial Regex Word();
}
