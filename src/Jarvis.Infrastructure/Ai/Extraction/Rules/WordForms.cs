using System.Globalization;
using System.Text;

namespace Jarvis.Infrastructure.Ai.Extraction.Rules;

/// <summary>Compares words across their forms (Krakowie, Krakowa; kawę, kawy) and without their diacritics.</summary>
internal static class WordForms
{
    private const int MinStemLength = 4;
    private const int MaxEndingLength = 2;

    /// <summary>Lower-case words of letters and digits without diacritics, in order.</summary>
    public static IReadOnlyList<string> Tokenize(string text)
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

        return folded.ToString().Split(' ', StringSplitOptions.RemoveEmptyEntries);
    }

    /// <summary>Whether both have the same words in the same order, up to their endings.</summary>
    public static bool Same(string one, string other)
    {
        var words = Tokenize(one);
        var others = Tokenize(other);

        return words.Count == others.Count && words.Zip(others).All(pair => SameWord(pair.First, pair.Second));
    }

    /// <summary>Whether two folded words are one up to their endings: what remains is equal and no shorter than a stem.</summary>
    public static bool SameWord(string word, string other)
    {
        if (word == other)
        {
            return true;
        }

        var shared = word.AsSpan().CommonPrefixLength(other);
        var ending = Math.Max(word.Length, other.Length) - shared;

        // A word of four letters may lose its last (kawa, kawę); "Marta" and "Marek" share as much and are two.
        var isStem = shared >= MinStemLength || (shared == MinStemLength - 1 && Math.Max(word.Length, other.Length) == MinStemLength);

        return isStem && ending <= MaxEndingLength && !word.Any(char.IsDigit);
    }
}
