using System.Globalization;
using System.Text;

namespace Jarvis.Infrastructure.MemorySearch;

/// <summary>
/// Cuts text into the terms that search compares: words without accents and endings. The language of a short text cannot be
/// told, so each word stands with its English and its Polish stem, where the two differ.
/// </summary>
internal static class Terms
{
    private const int WordMaxLength = 40;

    /// <summary>All terms of a text, separated by spaces.</summary>
    public static string Of(string text) => string.Join(' ', Words(text).SelectMany(word => word));

    /// <summary>The words of a text that say something, each as its one or two stems.</summary>
    public static IEnumerable<IReadOnlyList<string>> Words(string text)
    {
        foreach (var word in Split(Fold(text)))
        {
            if (word.Length <= WordMaxLength && !StopWords.Contains(word))
            {
                var english = EnglishStem.Of(word);
                var polish = PolishStem.Of(word);

                yield return english == polish ? [english] : [english, polish];
            }
        }
    }

    /// <summary>Lower case, without accents: "Gdańsk" and "gdansk" are one word, as people type both.</summary>
    public static string Fold(string text)
    {
        var folded = new StringBuilder(text.Length);
        foreach (var character in text.ToLowerInvariant().Normalize(NormalizationForm.FormD))
        {
            if (CharUnicodeInfo.GetUnicodeCategory(character) != UnicodeCategory.NonSpacingMark)
            {
                folded.Append(character == 'ł' ? 'l' : character);
            }
        }

        return folded.ToString();
    }

    private static IEnumerable<string> Split(string folded)
    {
        var start = -1;
        for (var i = 0; i <= folded.Length; i++)
        {
            if (i < folded.Length && char.IsLetterOrDigit(folded[i]))
            {
                start = start < 0 ? i : start;
            }
            else if (start >= 0)
            {
                yield return folded[start..i];
                start = -1;
            }
        }
    }
}
