using Jarvis.Domain.Common;

namespace Jarvis.Infrastructure.Ai.Extraction.Rules;

/// <summary>Compares words without their endings (Krakowie, Krakowa; kawę, kawy) and diacritics.</summary>
internal static class WordForms
{
    private const int MinStemLength = 4;
    private const int MaxEndingLength = 2;

    /// <summary>Returns whether both texts have the same words in the same order, apart from endings.</summary>
    public static bool Same(string one, string other)
    {
        var words = one.SplitFoldedWords();
        var others = other.SplitFoldedWords();

        return words.Length == others.Length && words.Zip(others).All(pair => SameWord(pair.First, pair.Second));
    }

    /// <summary>Returns whether two words without diacritics have the same stem and differ only in a short ending.</summary>
    public static bool SameWord(string word, string other)
    {
        if (word == other)
        {
            return true;
        }

        var shared = word.AsSpan().CommonPrefixLength(other);
        var ending = Math.Max(word.Length, other.Length) - shared;

        // A word of four letters may differ in the last one (kawa, kawę). "Marta" and "Marek" share as many letters and are different words.
        var isStem = shared >= MinStemLength || (shared == MinStemLength - 1 && Math.Max(word.Length, other.Length) == MinStemLength);

        return isStem && ending <= MaxEndingLength && !word.Any(char.IsDigit);
    }
}
