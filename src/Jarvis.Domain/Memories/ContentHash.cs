using System.Security.Cryptography;
using System.Text;

namespace Jarvis.Domain.Memories;

/// <summary>
/// Compares two contents regardless of case, punctuation and white space, without storing them: HMAC-SHA-256 with the owner's
/// key, in lower-case hexadecimal.
/// </summary>
public readonly record struct ContentHash
{
    public const int Length = 64;

    private ContentHash(string value) => Value = value;

    public string Value { get; }

    public static ContentHash Compute(string content, ReadOnlySpan<byte> key) =>
        new(Convert.ToHexStringLower(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(Normalize(content)))));

    /// <summary>Wraps a stored result of <see cref="Compute"/>.</summary>
    public static ContentHash FromStored(string value) => new(value);

    private static string Normalize(string content)
    {
        var words = new StringBuilder(content.Length);
        foreach (var rune in content.Normalize(NormalizationForm.FormKC).EnumerateRunes())
        {
            if (Rune.IsLetterOrDigit(rune))
            {
                words.Append(Rune.ToLowerInvariant(rune));
            }
            else if (words.Length > 0 && words[^1] != ' ')
            {
                words.Append(' ');
            }
        }

        return words.ToString().TrimEnd();
    }
}
