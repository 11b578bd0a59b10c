using System.Globalization;
using System.Text;

namespace Jarvis.Domain.Common;

public static class TextExtensions
{
    /// <summary>Returns at most <paramref name="maxLength"/> characters from the start of the text. Never splits a surrogate pair.</summary>
    public static string Truncate(this string text, int maxLength)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(maxLength);
        if (text.Length <= maxLength)
        {
            return text;
        }

        return text[..(maxLength > 0 && char.IsHighSurrogate(text[maxLength - 1]) ? maxLength - 1 : maxLength)];
    }

    /// <summary>Returns the text on one line, with a single space between words.</summary>
    public static string CollapseWhitespace(this string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    /// <summary>Returns the words in lower case without diacritics, in order.</summary>
    public static string[] SplitFoldedWords(this string text)
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

    /// <summary>
    /// Returns whether every database engine can store the text and every client can read it. PostgreSQL rejects NUL, and UTF-8
    /// cannot encode an unpaired surrogate.
    /// </summary>
    public static bool IsStorable(this string? text)
    {
        for (var i = 0; i < text?.Length; i++)
        {
            if (text[i] == '\0')
            {
                return false;
            }

            if (char.IsHighSurrogate(text[i]) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
            {
                i++;
            }
            else if (char.IsSurrogate(text[i]))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>
    /// Returns the text with U+FFFD in place of each character that <see cref="IsStorable"/> rejects. A model may return any
    /// text, and may stop in the middle of a surrogate pair.
    /// </summary>
    public static string ReplaceUnstorable(this string text)
    {
        if (text.IsStorable())
        {
            return text;
        }

        var storable = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            storable.Append(rune.Value == 0 ? Rune.ReplacementChar : rune);
        }

        return storable.ToString();
    }
}
