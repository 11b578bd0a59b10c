using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Jarvis.Application.Speech.Text;

/// <summary>
/// Sanitizes text for speech engines. It removes the markup that engines interpret (SSML and other tags, espeak's <c>[[phonemes]]</c>) and
/// inaudible control and formatting characters. It also collapses white space, so that texts with equal speech are equal.
/// </summary>
internal static partial class SpeechTextSanitizer
{
    public static string Sanitize(string text)
    {
        var plain = RemoveInaudible(text);

        // The removal of a nested tag may create another tag.
        for (var before = plain.Length + 1; plain.Length < before;)
        {
            before = plain.Length;
            plain = Markup().Replace(plain, " ");
        }

        return WhiteSpace().Replace(Brackets().Replace(plain, " "), " ").Trim();
    }

    public static bool IsAudible(string text) => text.EnumerateRunes().Any(Rune.IsLetterOrDigit);

    private static string RemoveInaudible(string text)
    {
        var audible = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            // An unpaired surrogate is enumerated as the replacement character.
            var replacement = Rune.GetUnicodeCategory(rune) switch
            {
                UnicodeCategory.Control or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator => " ",
                UnicodeCategory.Format or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned => "",
                _ when rune == Rune.ReplacementChar => "",
                _ => null,
            };
            _ = replacement is null ? audible.Append(rune) : audible.Append(replacement);
        }

        return audible.ToString().Normalize(NormalizationForm.FormC);
    }

    // Comments, CDATA, declarations, and tags that contain only attributes: “x <y and z> w” loses only its brackets.
    [GeneratedRegex("""<!--.*?-->|<!\[CDATA\[|\]\]>|<[?!][^<>]*>|</?[\p{L}_][\w:.-]*(?:\s+[\w:.-]+\s*=\s*(?:"[^"<>]*"|'[^'<>]*'|[^\s"'<>]+))*\s*/?>""")]
    private static partial Regex Markup();

    [GeneratedRegex(@"[<>]+|\[\[|\]\]")]
    private static partial Regex Brackets();

    [GeneratedRegex(@"\s+")]
    private static partial Regex WhiteSpace();
}
