using System.Globalization;
using System.Text;

namespace Jarvis.Application.Memories;

/// <summary>Whether two contents say the same in nearly the same words, where there is no embedding to ask.</summary>
internal static class NearRepeat
{
    /// <summary>
    /// High, because words that differ may be the point: "I like red wine" and "I like white wine" share three of five.
    /// </summary>
    private const double Threshold = 0.9;

    private static readonly HashSet<string> WordsOfNoMatter =
    [
        "a", "an", "the", "really", "very", "also", "too", "now", "currently", "please",
        "bardzo", "naprawde", "tez", "takze", "teraz", "obecnie", "aktualnie", "prosze",
    ];

    private static readonly HashSet<string> Negations = ["not", "no", "never", "don", "doesn", "isn", "without", "nie", "nigdy", "bez"];

    public static bool Is(string one, string other)
    {
        var words = WordsOf(one);
        var others = WordsOf(other);
        var shared = words.Count(others.Contains);
        var all = words.Count + others.Count - shared;
        words.SymmetricExceptWith(others);

        return all > 0 && shared >= Threshold * all && !words.Any(ChangesTheMeaning);
    }

    // A number or a "not" that only one of them has says the opposite, however long the rest.
    private static bool ChangesTheMeaning(string word) => word.Any(char.IsDigit) || Negations.Contains(word);

    private static HashSet<string> WordsOf(string text)
    {
        var folded = new StringBuilder(text.Length);
        foreach (var character in text.Normalize(NormalizationForm.FormD))
        {
            if (char.IsLetterOrDigit(character))
            {
                folded.Append(character is 'ł' or 'Ł' ? 'l' : char.ToLowerInvariant(character));
            }
            else if (CharUnicodeInfo.GetUnicodeCategory(character) != UnicodeCategory.NonSpacingMark)
            {
                folded.Append(' ');
            }
        }

        var words = folded.ToString().Split(' ', StringSplitOptions.RemoveEmptyEntries).ToHashSet();
        words.ExceptWith(WordsOfNoMatter);

        return words;
    }
}
