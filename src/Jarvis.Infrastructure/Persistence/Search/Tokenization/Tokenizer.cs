using System.Collections.Concurrent;
using System.Globalization;
using System.Text;

namespace Jarvis.Infrastructure.Persistence.Search.Tokenization;

/// <summary>Splits text into the words that search compares, without accents, endings and stop words.</summary>
internal static class Tokenizer
{
    private const int WordMaxLength = 40;
    private const int MaxCacheSize = 100_000;

    // Equal words are the same object, so search compares them by reference.
    private static readonly ConcurrentDictionary<string, Token?> Cache = new(StringComparer.Ordinal);
    private static readonly char[] Folded = [.. Enumerable.Range(0, 0x250).Select(code => FoldOne((char)code))];

    /// <summary>Returns all terms of a text, separated by spaces.</summary>
    public static string Tokenize(string text) => string.Join(' ', Words(text).SelectMany(word => word.Stems));

    /// <summary>Returns the words of a text in order, without stop words.</summary>
    public static List<Token> Words(ReadOnlySpan<char> text)
    {
        var words = new List<Token>(text.Length / 8);
        Span<char> buffer = stackalloc char[WordMaxLength];
        var known = Cache.GetAlternateLookup<ReadOnlySpan<char>>();
        var length = 0;
        for (var i = 0; i <= text.Length; i++)
        {
            if (i < text.Length && char.IsLetterOrDigit(text[i]))
            {
                if (length < WordMaxLength)
                {
                    buffer[length] = Fold(text[i]);
                }

                length++;
            }
            else if (length > 0 && !(i < text.Length && IsMark(text[i])))
            {
                if (length <= WordMaxLength && (known.TryGetValue(buffer[..length], out var word) ? word : AddToCache(buffer[..length].ToString())) is { } token)
                {
                    words.Add(token);
                }

                length = 0;
            }
        }

        return words;
    }

    /// <summary>Converts to lower case without accents. Users type both "Gdańsk" and "gdansk".</summary>
    public static string Fold(string text) => string.Create(text.Length, text, (folded, from) =>
    {
        for (var i = 0; i < folded.Length; i++)
        {
            folded[i] = Fold(from[i]);
        }
    });

    private static char Fold(char character) => character < Folded.Length ? Folded[character] : char.ToLowerInvariant(character);

    private static char FoldOne(char character) =>
        char.ToLowerInvariant(character) switch
        {
            'ł' => 'l',
            var lower => lower.ToString().Normalize(NormalizationForm.FormD)[0],
        };

    // A combining accent belongs to the letter before it.
    private static bool IsMark(char character) => character >= 0x300 && CharUnicodeInfo.GetUnicodeCategory(character) == UnicodeCategory.NonSpacingMark;

    private static Token? AddToCache(string folded)
    {
        if (Cache.Count >= MaxCacheSize)
        {
            Cache.Clear();
        }

        return Cache.GetOrAdd(folded, static word => StopWords.Contains(word) ? null : new Token(EnglishStem.Stem(word), PolishStem.Stem(word)));
    }
}
