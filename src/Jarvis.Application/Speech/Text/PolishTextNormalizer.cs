using System.Globalization;
using System.Text.RegularExpressions;

namespace Jarvis.Application.Speech.Text;

/// <summary>Normalizes Polish text: dates, times, amounts, units and numbers become words.</summary>
internal static partial class PolishTextNormalizer
{
    private static readonly Dictionary<string, string> Fractions = new()
    {
        ["1/2"] = "jedna druga", ["1/3"] = "jedna trzecia", ["2/3"] = "dwie trzecie", ["1/4"] = "jedna czwarta", ["3/4"] = "trzy czwarte",
        ["½"] = "pół", ["⅓"] = "jedna trzecia", ["⅔"] = "dwie trzecie", ["¼"] = "ćwierć", ["¾"] = "trzy czwarte",
    };

    public static string Normalize(string text)
    {
        var result = text.Replace("±", "plus minus ", StringComparison.Ordinal);
        result = PolishDates.Replace(result);
        result = PolishTimes.Replace(result);
        result = PolishAbbreviations.Expand(result);
        result = PolishPluralForms.Replace(result);
        result = Fraction().Replace(result, fraction => (fraction.Groups["whole"].Success ? $"{fraction.Groups["whole"].Value.Trim()} i " : "") + Fractions[fraction.Groups["part"].Value]);
        result = FeminineTwo().Replace(result, two => PolishNumbers.Cardinal(long.Parse(two.Value, CultureInfo.InvariantCulture), PolishGender.Feminine));
        result = LongNumber().Replace(result, number => IsTelephone(number.Value) ? number.Value : PolishNumbers.ToWords(number.Value) ?? number.Value);
        result = Range().Replace(result, range => NumberRange.Parse(range, "do"));
        result = OrdinalDot().Replace(result, "");

        return Minus().Replace(result, "minus ");
    }

    private static bool IsTelephone(string number) => number is [_, _, _, ' ', _, _, _, ' ', _, _, _];

    [GeneratedRegex(@"(?<![\w./])(?<whole>\d+\s)?(?<part>1/2|1/3|2/3|1/4|3/4|[½⅓⅔¼¾])(?![\w/])|(?<whole>(?<![\w.])\d+)(?<part>[½⅓⅔¼¾])")]
    private static partial Regex Fraction();

    // Speech engines read “dwa godziny” instead of “dwie godziny”.
    [GeneratedRegex(@"(?<![\w.,/-])(?:\d*[02-9])?(?:(?<=^|[^\d])1(?=\s(?:godzina|minuta|sekunda|osoba|strona|łyżka|łyżeczka|szklanka|tona|sztuka|opcja|wersja|metoda|funkcja)\b)|2(?=\s(?:godziny|minuty|sekundy|osoby|strony|kobiety|książki|łyżki|łyżeczki|szklanki|tony|sztuki|rzeczy|opcje|wersje|metody|funkcje|części|noce)\b))")]
    private static partial Regex FeminineTwo();

    [GeneratedRegex(@"(?<![\w.,+]|[\d+]\s)(?:\d{1,3}(?: \d{3})+(?:,\d+)?|\d{1,3}(?:\.\d{3}){2,}|\d+[.,]\d+)(?!\w|[.,]\d| \d)")]
    private static partial Regex LongNumber();

    [GeneratedRegex(@"(?<![\w.,/+-])(?<from>\d{1,4})\s?(?<dash>[-–—])\s?(?<to>\d{1,4})(?![\w/-]|[.,]\d)")]
    private static partial Regex Range();

    // “na 5. piętrze”: the case is unknown, but the dot isn't a full stop.
    [GeneratedRegex(@"(?<=(?<![\w.,])\d{1,4})\.(?=\s\p{Ll})")]
    private static partial Regex OrdinalDot();

    [GeneratedRegex(@"(?<![\w)\].,-])[-−](?=\d)|(?<=\s)−\s?(?=\d)")]
    private static partial Regex Minus();
}
