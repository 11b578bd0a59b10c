using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Jarvis.Application.Speech.Text;

/// <summary>
/// Normalizes plain text for speech: abbreviations, numbers with units, dates, times and symbols become words, and inaudible characters
/// are removed. Normalized text stays unchanged.
/// </summary>
/// <remarks>Single numbers stay as digits: the speech engine reads them in its language, and a guessed grammatical case would be wrong.</remarks>
internal static partial class SpeechTextNormalizer
{
    /// <param name="language">Language of the text: <c>en</c> or <c>pl</c>.</param>
    public static string Normalize(string text, string language)
    {
        var plain = SpeechTextSanitizer.Sanitize(Comparison().Replace(text, GetNames(language).ReplaceComparison));
        plain = ReplaceAddresses(plain, GetNames(language));
        plain = language == SpokenLanguage.Polish ? PolishTextNormalizer.Normalize(plain) : EnglishTextNormalizer.Normalize(plain);

        return CollapseSpaces(RemoveSymbols(ReplaceSymbols(plain, GetNames(language))));
    }

    private static SymbolNames GetNames(string language) => language == SpokenLanguage.Polish ? SymbolNames.Polish : SymbolNames.English;

    private static string ReplaceAddresses(string text, SymbolNames names)
    {
        var hosts = Url().Replace(text, url => url.Groups["host"].Value + url.Groups["after"].Value);

        return Mail().Replace(hosts, $"$1 {names.At} $2");
    }

    private static string ReplaceSymbols(string text, SymbolNames names)
    {
        var result = text
            .Replace("&", $" {names.And} ", StringComparison.Ordinal)
            .Replace("§", $" {names.Section} ", StringComparison.Ordinal)
            .Replace("%", $" {names.Percent}", StringComparison.Ordinal)
            .Replace("°", $" {names.Degrees} ", StringComparison.Ordinal)
            .Replace("@", $" {names.At} ", StringComparison.Ordinal)
            .Replace("€", $" {names.Euro} ", StringComparison.Ordinal);
        result = Hash().Replace(result, names.Number + " ");
        result = About().Replace(result, names.About + " ");
        result = Times().Replace(result, $" {names.Times} ");
        result = Plus().Replace(result, $" {names.Plus} ");
        result = IsEqual().Replace(result, $" {names.Equal} ");
        result = Arrow().Replace(result, ", ");

        return Divider().Replace(result, " ");
    }

    private static string RemoveSymbols(string text)
    {
        var audible = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            if (!IsSilent(rune))
            {
                audible.Append(rune);
            }
            else if (rune.Value is not 0x200D and not 0x20E3 and not 0xFE0F)
            {
                audible.Append(' ');
            }
        }

        return audible.ToString();
    }

    // Emoji with their joiners and skin tones, ornaments, Markdown marks, and brackets of code: voices don't read them.
    private static bool IsSilent(Rune rune) => rune.Value switch
    {
        '*' or '_' or '`' or '~' or '#' or '|' or '\\' or '^' or '{' or '}' or '[' or ']' or '<' or '>' or '•' or '·' => true,
        0xFE0E or 0xFE0F or 0x20E3 or 0x200D => true,
        >= 0x1F000 and <= 0x1FAFF or >= 0xE0000 and <= 0xE01EF => true,
        _ => Rune.GetUnicodeCategory(rune) is UnicodeCategory.OtherSymbol or UnicodeCategory.ModifierSymbol,
    };

    private static string CollapseSpaces(string text)
    {
        var result = EmptyBrackets().Replace(Spaces().Replace(text, " "), "");
        result = SpaceBeforePunctuation().Replace(result, "$1");

        return Commas().Replace(result, "$1").Trim(' ', ',', ';', '–', '—', '-');
    }

    [GeneratedRegex(@"(?<=[\w)]\s?)(?:<=|>=|≤|≥|≠|<|>)(?=\s?[\d(])|(?<=[\w)]\s)[<>](?=\s)")]
    private static partial Regex Comparison();

    [GeneratedRegex(@"\b(?:https?://|www\.)(?:[^\s/@]*@)?(?:www\.)?(?<host>[\p{L}\p{N}](?:[\p{L}\p{N}.-]*[\p{L}\p{N}])?)(?::\d+)?(?:[/?#][^\s,;!)\]]*?)?(?<after>[.,;:!?)\]]*)(?=\s|$|[,;!)\]])", RegexOptions.IgnoreCase)]
    private static partial Regex Url();

    [GeneratedRegex(@"\b([\w.+-]+)@([\w-]+(?:\.[\w-]+)+)\b")]
    private static partial Regex Mail();

    [GeneratedRegex(@"(?<!\w)#(?=\d)")]
    private static partial Regex Hash();

    [GeneratedRegex(@"(?<![\w~])~\s?(?=\d)")]
    private static partial Regex About();

    [GeneratedRegex(@"\s?×\s?|(?<=\d)\s?\*\s?(?=\d)|(?<=\d)\s?x\s?(?=\d)")]
    private static partial Regex Times();

    [GeneratedRegex(@"(?<=[\w)])\s?\+\s?(?=[\d(])|(?<=\w)\s\+\s(?=\w)")]
    private static partial Regex Plus();

    [GeneratedRegex(@"(?<=[\w)])\s?={1,3}\s?(?=[\w(-])")]
    private static partial Regex IsEqual();

    [GeneratedRegex(@"\s?(?:[→⇒⟶➜➔↦]|[-=]>)\s?")]
    private static partial Regex Arrow();

    [GeneratedRegex(@"(?<=[\p{L}\p{N}])[/|\\](?=[\p{L}\p{N}])")]
    private static partial Regex Divider();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();

    [GeneratedRegex(@"\(\s*\)")]
    private static partial Regex EmptyBrackets();

    [GeneratedRegex(@"\s+([,.;:!?…)])")]
    private static partial Regex SpaceBeforePunctuation();

    [GeneratedRegex(@"([,;:])(?:\s*,)+")]
    private static partial Regex Commas();
}
