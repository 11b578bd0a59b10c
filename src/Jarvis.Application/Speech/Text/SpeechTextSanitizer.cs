using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Jarvis.Application.Speech.Text;

/// <summary>
/// Text as a speech engine may have it: what engines read as orders (SSML and other tags, espeak's <c>[[phonemes]]</c>) is taken
/// out, what nobody hears (control and formatting characters) as well, and white space is made plain, so that equal speech is equal text.
/// </summary>
internal static partial class SpeechTextSanitizer
{
    public static string Sanitize(string text)
    {
        var plain = ReadAloud(text);

        // A tag may be left when one within it is gone.
        for (var before = plain.Length + 1; plain.Length < before;)
        {
            before = plain.Length;
            plain = Markup().Replace(plain, " ");
        }

        return WhiteSpace().Replace(Brackets().Replace(plain, " "), " ").Trim();
    }

    public static bool IsAudible(string text) => text.EnumerateRunes().Any(Rune.IsLetterOrDigit);

    private static string ReadAloud(string text)
    {
        var heard = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            // Half of a surrogate pair comes as the replacement character.
            var replacement = Rune.GetUnicodeCategory(rune) switch
            {
                UnicodeCategory.Control or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator => " ",
                UnicodeCategory.Format or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned => "",
                _ when rune == Rune.ReplacementChar => "",
                _ => null,
            };
            _ = replacement is null ? heard.Append(rune) : heard.Append(replacement);
        }

        return heard.ToString().Normalize(NormalizationForm.FormC);
    }

    // Comments, CDATA, declarations, and tags with nothing but attributes in them: “x <y and z> w” stays what it is, less its signs.
    [GeneratedRegex("""<!--.*?-->|<!\[CDATA\[|\]\]>|<[?!][^<>]*>|</?[\p{L}_][\w:.-]*(?:\s+[\w:.-]+\s*=\s*(?:"[^"<>]*"|'[^'<>]*'|[^\s"'<>]+))*\s*/?>""")]
    private static partial Regex Markup();

    [GeneratedRegex(@"[<>]+|\[\[|\]\]")]
    private static partial Regex Brackets();

    [GeneratedRegex(@"\s+")]
    private static partial Regex WhiteSpace();
}
