using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Jarvis.Application.Speech.Text;

/// <summary>
/// Plain text as it is said: abbreviations, numbers with their units, dates, times and signs become words; what cannot be
/// heard is left out. Text that is made speakable stays as it is.
/// </summary>
/// <remarks>Digits that stand alone are left to the engine: it reads those of its own language, and a guessed case would be wrong.</remarks>
internal static partial class SpeechTextNormalizer
{
    /// <param name="language">Of the text: <c>en</c> or <c>pl</c>.</param>
    public static string Normalize(string text, string language)
    {
        var plain = SpeechTextSanitizer.Sanitize(Comparison().Replace(text, SymbolsPattern(language).Comparisons));
        plain = Addresses(plain, SymbolsPattern(language));
        plain = language == SpokenLanguage.Polish ? PolishTextNormalizer.Normalize(plain) : EnglishTextNormalizer.Normalize(plain);

        return CollapseSpaces(RemoveSymbols(ReplaceSymbols(plain, SymbolsPattern(language))));
    }

    private static SymbolNames SymbolsPattern(string language) => language == SpokenLanguage.Polish ? SymbolNames.Polish : SymbolNames.English;

    private static string Addresses(string text, SymbolNames signs)
    {
        var hosts = Url().Replace(text, url => url.Groups["host"].Value + url.Groups["after"].Value);

        return Mail().Replace(hosts, $"$1 {signs.At} $2");
    }

    private static string ReplaceSymbols(string text, SymbolNames signs)
    {
        var said = text
            .Replace("&", $" {signs.And} ", StringComparison.Ordinal)
            .Replace("§", $" {signs.Section} ", StringComparison.Ordinal)
            .Replace("%", $" {signs.Percent}", StringComparison.Ordinal)
            .Replace("°", $" {signs.Degrees} ", StringComparison.Ordinal)
            .Replace("@", $" {signs.At} ", StringComparison.Ordinal)
            .Replace("€", $" {signs.Euro} ", StringComparison.Ordinal);
        said = Hash().Replace(said, signs.Number + " ");
        said = About().Replace(said, signs.About + " ");
        said = Times().Replace(said, $" {signs.Times} ");
        said = Plus().Replace(said, $" {signs.Plus} ");
        said = IsEqual().Replace(said, $" {signs.Equal} ");
        said = Arrow().Replace(said, ", ");

        return Divider().Replace(said, " ");
    }

    private static string RemoveSymbols(string text)
    {
        var kept = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            if (!IsSilent(rune))
            {
                kept.Append(rune);
            }
            else if (rune.Value is not 0x200D and not 0x20E3 and not 0xFE0F)
            {
                kept.Append(' ');
            }
        }

        return kept.ToString();
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
        var one = EmptyBrackets().Replace(Spaces().Replace(text, " "), "");
        one = SpaceBeforePunctuation().Replace(one, "$1");

        return Commas().Replace(one, "$1").Trim(' ', ',', ';', '–', '—', '-');
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
