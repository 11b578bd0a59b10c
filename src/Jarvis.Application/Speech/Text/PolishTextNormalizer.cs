using System.Globalization;
using System.Text.RegularExpressions;

namespace Jarvis.Application.Speech.Text;

/// <summary>Polish as it is said.</summary>
internal static partial class PolishTextNormalizer
{
    private static readonly Dictionary<string, string> Fractions = new()
    {
        ["1/2"] = "jedna druga", ["1/3"] = "jedna trzecia", ["2/3"] = "dwie trzecie", ["1/4"] = "jedna czwarta", ["3/4"] = "trzy czwarte",
        ["½"] = "pół", ["⅓"] = "jedna trzecia", ["⅔"] = "dwie trzecie", ["¼"] = "ćwierć", ["¾"] = "trzy czwarte",
    };

    public static string Normalize(string text)
    {
        var said = text.Replace("±", "plus minus ", StringComparison.Ordinal);
        said = PolishDates.Replace(said);
        said = PolishTimes.Replace(said);
        said = PolishAbbreviations.Spelled(said);
        said = PolishPluralForms.Replace(said);
        said = Fraction().Replace(said, fraction => (fraction.Groups["whole"].Success ? $"{fraction.Groups["whole"].Value.Trim()} i " : "") + Fractions[fraction.Groups["part"].Value]);
        said = FeminineTwo().Replace(said, two => PolishNumbers.Cardinal(long.Parse(two.Value, CultureInfo.InvariantCulture), PolishGender.Feminine));
        said = LongNumber().Replace(said, number => IsTelephone(number.Value) ? number.Value : PolishNumbers.ToWords(number.Value) ?? number.Value);
        said = Range().Replace(said, range => NumberRange.Parse(range, "do"));
        said = OrdinalDot().Replace(said, "");

        return Minus().Replace(said, "minus ");
    }

    private static bool IsTelephone(string number) => number is [_, _, _, ' ', _, _, _, ' ', _, _, _];

    [GeneratedRegex(@"(?<![\w./])(?<whole>\d+\s)?(?<part>1/2|1/3|2/3|1/4|3/4|[½⅓⅔¼¾])(?![\w/])|(?<whole>(?<![\w.])\d+)(?<part>[½⅓⅔¼¾])")]
    private static partial Regex Fraction();

    // Engines say “dwa godziny”.
    [GeneratedRegex(@"(?<![\w.,/-])(?:\d*[02-9])?(?:(?<=^|[^\d])1(?=\s(?:godzina|minuta|sekunda|osoba|strona|łyżka|łyżeczka|szklanka|tona|sztuka|opcja|wersja|metoda|funkcja)\b)|2(?=\s(?:godziny|minuty|sekundy|osoby|strony|kobiety|książki|łyżki|łyżeczki|szklanki|tony|sztuki|rzeczy|opcje|wersje|metody|funkcje|części|noce)\b))")]
    private static partial Regex FeminineTwo();

    [GeneratedRegex(@"(?<![\w.,+]|[\d+]\s)(?:\d{1,3}(?: \d{3})+(?:,\d+)?|\d{1,3}(?:\.\d{3}){2,}|\d+[.,]\d+)(?!\w|[.,]\d| \d)")]
    private static partial Regex LongNumber();

    [GeneratedRegex(@"(?<![\w.,/+-])(?<from>\d{1,4})\s?(?<dash>[-–—])\s?(?<to>\d{1,4})(?![\w/-]|[.,]\d)")]
    private static partial Regex Range();

    // “na 5. piętrze”: the case is not to be guessed, but the dot is no full stop.
    [GeneratedRegex(@"(?<=(?<![\w.,])\d{1,4})\.(?=\s\p{Ll})")]
    private static partial Regex OrdinalDot();

    [GeneratedRegex(@"(?<![\w)\].,-])[-−](?=\d)|(?<=\s)−\s?(?=\d)")]
    private static partial Regex Minus();
}
