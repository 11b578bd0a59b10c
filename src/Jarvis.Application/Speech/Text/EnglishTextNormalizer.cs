using System.Globalization;
using System.Text.RegularExpressions;

namespace Jarvis.Application.Speech.Text;

/// <summary>Normalizes English text: dates, times, amounts, units and numbers become words.</summary>
internal static partial class EnglishTextNormalizer
{
    private const string Number = @"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?";
    private const string Scale = "thousand|million|billion|trillion|bn|[kKmMbB]";

    private static readonly Dictionary<string, string> Scales = new()
    {
        ["bn"] = "billion", ["k"] = "thousand", ["K"] = "thousand", ["m"] = "million", ["M"] = "million", ["b"] = "billion", ["B"] = "billion",
    };

    private static readonly Dictionary<string, string> Fractions = new()
    {
        ["1/2"] = "one half", ["1/3"] = "one third", ["2/3"] = "two thirds", ["1/4"] = "one quarter", ["3/4"] = "three quarters",
        ["½"] = "one half", ["⅓"] = "one third", ["⅔"] = "two thirds", ["¼"] = "one quarter", ["¾"] = "three quarters",
    };

    public static string Normalize(string text)
    {
        var result = text.Replace("±", "plus or minus ", StringComparison.Ordinal);
        result = IsoDate().Replace(result, date => Date(date) ?? date.Value);
        result = Time().Replace(result, TimeWords);
        result = Hour().Replace(result, hour => $"{EnglishNumbers.ToWords(hour.Groups[1].Value)} {hour.Groups[2].Value.ToUpperInvariant()}M");
        result = EnglishAbbreviations.Expand(result);
        result = MoneyRange().Replace(result, range => $"{EnglishNumbers.ToWords(range.Groups["from"].Value)} to {Money(range)}");
        result = MoneyBefore().Replace(result, Money);
        result = MoneyAfter().Replace(result, Money);
        result = EnglishUnits.Replace(result);
        result = Fraction().Replace(result, fraction => (fraction.Groups["whole"].Success ? $"{fraction.Groups["whole"].Value.Trim()} and " : "") + Fractions[fraction.Groups["part"].Value]);
        result = Ordinal().Replace(result, ordinal => EnglishNumbers.Ordinal(long.Parse(ordinal.Groups[1].Value, CultureInfo.InvariantCulture)));
        result = LongNumber().Replace(result, number => EnglishNumbers.ToWords(number.Value) ?? number.Value);
        result = CommaDecimal().Replace(result, number => EnglishNumbers.ToWords(number.Value.Replace(',', '.')) ?? number.Value);
        result = Range().Replace(result, range => NumberRange.Parse(range, "to"));

        return Minus().Replace(result, "minus ");
    }

    private static string? Date(Match date)
    {
        if (!DateOnly.TryParseExact(date.Value, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
        {
            return null;
        }

        return $"{day.ToString("MMMM", CultureInfo.InvariantCulture)} {EnglishNumbers.Ordinal(day.Day)}, {day.Year}";
    }

    private static string TimeWords(Match time)
    {
        var (hour, minute) = (int.Parse(time.Groups[1].ValueSpan, CultureInfo.InvariantCulture), int.Parse(time.Groups[2].ValueSpan, CultureInfo.InvariantCulture));
        var half = time.Groups["half"] is { Success: true } found ? $" {found.Value.ToUpperInvariant()}M" : "";
        var minutes = minute switch
        {
            0 when half.Length > 0 => "",
            0 => hour is > 0 and <= 12 ? " o'clock" : " hundred",
            < 10 => " oh " + EnglishNumbers.Cardinal(minute),
            _ => " " + EnglishNumbers.Cardinal(minute),
        };

        return EnglishNumbers.Cardinal(hour) + minutes + half;
    }

    private static string Money(Match money)
    {
        var number = money.Groups["number"].Value;
        var (one, many, part) = Currency(money.Groups["currency"].Value);
        if (money.Groups["scale"] is { Success: true } scale)
        {
            return $"{EnglishNumbers.ToWords(number)} {Scales.GetValueOrDefault(scale.Value, scale.Value)} {many}";
        }

        var parts = number.Split('.');
        var whole = EnglishNumbers.ToWords(parts[0]) ?? parts[0];
        var units = $"{whole} {(whole == "one" ? one : many)}";
        if (parts.Length == 1 || part is null || parts[1].Length != 2)
        {
            return parts.Length == 1 ? units : $"{EnglishNumbers.ToWords(number)} {many}";
        }

        var cents = long.Parse(parts[1], CultureInfo.InvariantCulture);
        var small = $"{EnglishNumbers.Cardinal(cents)} {(cents == 1 && part == "cents" ? "cent" : part)}";

        return cents == 0 ? units : whole == "zero" ? small : $"{units} and {small}";
    }

    private static (string One, string Many, string? Part) Currency(string symbol) => symbol switch
    {
        "$" or "USD" => ("dollar", "dollars", "cents"),
        "€" or "EUR" => ("euro", "euros", "cents"),
        "£" or "GBP" => ("pound", "pounds", "pence"),
        "zł" or "PLN" => ("zloty", "zlotys", "groszy"),
        "CHF" => ("franc", "francs", null),
        _ => ("yen", "yen", null),
    };

    [GeneratedRegex(@"(?<![\w-])\d{4}-\d{2}-\d{2}(?![\w-])")]
    private static partial Regex IsoDate();

    [GeneratedRegex(@"(?<![\w:.,])([01]?\d|2[0-3]):([0-5]\d)(?:\s?(?<half>[apAP])\.?[mM]\b\.?|(?![\w:]))")]
    private static partial Regex Time();

    [GeneratedRegex(@"(?<![\w:.,])(1[0-2]|[1-9])\s?([apAP])\.?[mM]\b\.?")]
    private static partial Regex Hour();

    [GeneratedRegex(@"(?<currency>[$€£¥])\s?(?<from>" + Number + @")\s?[-–—]\s?\k<currency>?\s?(?<number>" + Number + @")(?:\s?(?<scale>" + Scale + @")(?!\w))?(?![.,]?\d)")]
    private static partial Regex MoneyRange();

    [GeneratedRegex(@"(?<currency>[$€£¥])\s?(?<number>" + Number + @")(?:\s?(?<scale>" + Scale + @")(?!\w))?")]
    private static partial Regex MoneyBefore();

    [GeneratedRegex(@"(?<![\w.,])(?<number>" + Number + @")(?:\s?(?<scale>" + Scale + @"))?\s?(?<currency>[$€£¥]|(?:USD|EUR|GBP|PLN|CHF|JPY|zł)(?!\w))")]
    private static partial Regex MoneyAfter();

    [GeneratedRegex(@"(?<![\w./])(?<whole>\d+\s)?(?<part>1/2|1/3|2/3|1/4|3/4|[½⅓⅔¼¾])(?![\w/])|(?<whole>(?<![\w.])\d+)(?<part>[½⅓⅔¼¾])")]
    private static partial Regex Fraction();

    [GeneratedRegex(@"(?<![\w.,])(\d{1,6})(?:st|nd|rd|th)\b")]
    private static partial Regex Ordinal();

    [GeneratedRegex(@"(?<![\w.,])(?:\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+\.\d+)(?!\w|[.,]\d)")]
    private static partial Regex LongNumber();

    [GeneratedRegex(@"(?<![\w.,])\d+,(?:\d{1,2}|\d{4,})(?!\w|[.,]\d)")]
    private static partial Regex CommaDecimal();

    [GeneratedRegex(@"(?<![\w.,/+-])(?<from>\d{1,4})\s?(?<dash>[-–—])\s?(?<to>\d{1,4})(?![\w/-]|[.,]\d)")]
    private static partial Regex Range();

    [GeneratedRegex(@"(?<![\w)\].,-])[-−](?=\d)|(?<=\s)−\s?(?=\d)")]
    private static partial Regex Minus();
}
