using System.Globalization;
using System.Text.RegularExpressions;

namespace Jarvis.Application.Speech.Text;

/// <summary>
/// Converts days, years and centuries to Polish words: “dwudziestego trzeciego listopada”, “w tysiąc dziewięćset dziewięćdziesiątym
/// roku”.
/// </summary>
internal static partial class PolishDates
{
    private const string MonthNames = "stycznia|lutego|marca|kwietnia|maja|czerwca|lipca|sierpnia|września|października|listopada|grudnia";
    private const string YearMark = @"(?:\s?r\.(?<last>\s*$)?|\s?r\.|\sroku)";

    private static readonly string[] Months = MonthNames.Split('|');

    public static string Replace(string text)
    {
        var result = Numeric().Replace(text, date => DateWords(Group(date, "day"), Group(date, "month"), Group(date, "year")) is { } words ? words + End(date) : date.Value);
        result = DaysOfMonth().Replace(result, days => $"{Day(days.Groups[1])} do {Day(days.Groups[2])} {days.Groups[3].Value}");
        result = DayOfMonth().Replace(result, day => $"{Day(day.Groups[1])} {day.Groups[2].Value}");
        result = YearOfMonth().Replace(result, year => Year(year, "ego") is { } words ? $"{words} roku{End(year)}" : year.Value);
        result = InYear().Replace(result, year => Year(year, "ym") is { } words ? $"{year.Groups["in"].Value} {words} roku{End(year)}" : year.Value);
        result = OfYear().Replace(result, year => Year(year, "ego") is { } words ? $"{words} roku{End(year)}" : year.Value);
        result = TheYear().Replace(result, year => Year(year, "y") is { } words ? $"{year.Groups["the"].Value} {words}" : year.Value);
        result = Decade().Replace(result, decade => $"{decade.Groups[1].Value} {PolishOrdinals.ToWords(Number(decade.Groups[2].Value), decade.Groups[1].Value.EndsWith("ch", StringComparison.Ordinal) ? "ych" : "e")}");

        return Centuries(result);
    }

    private static string Centuries(string text)
    {
        var result = InCentury().Replace(text, century => Century(century, "ym") is { } words ? $"{century.Groups["in"].Value} {words} wieku{End(century)}" : century.Value);

        return OfCentury().Replace(result, century => century.Groups["word"].Value switch
        {
            "wieku" when Century(century, "ego") is { } words => words + " wieku",
            "wiek" or "w." when Century(century, "y") is { } words => words + " wiek" + End(century),
            _ => century.Value,
        });
    }

    private static string? DateWords(int day, int month, int year)
    {
        if (month is < 1 or > 12 || year is < 1 or > 3999 || day < 1 || day > DateTime.DaysInMonth(year, month))
        {
            return null;
        }

        return $"{PolishOrdinals.ToWords(day, "ego")} {Months[month - 1]} {PolishOrdinals.ToWords(year, "ego")} roku";
    }

    private static string Day(Group day) => PolishOrdinals.ToWords(Number(day.Value), "ego")!;

    private static string? Year(Match year, string ending) => PolishOrdinals.ToWords(Group(year, "year"), ending);

    private static string? Century(Match century, string ending) => Roman(century.Groups["roman"].Value) is > 0 and <= 30 and var number ? PolishOrdinals.ToWords(number, ending) : null;

    private static string End(Match found) => found.Groups["last"].Success ? "." : "";

    private static int Group(Match found, string name) => Number(found.Groups[name].Value);

    private static int Number(string digits) => int.Parse(digits, CultureInfo.InvariantCulture);

    private static int Roman(string numeral)
    {
        var values = numeral.Select(digit => digit switch { 'I' => 1, 'V' => 5, _ => 10 }).ToList();

        return values.Select((value, i) => i + 1 < values.Count && values[i + 1] > value ? -value : value).Sum();
    }

    [GeneratedRegex(@"(?<![\w./-])(?:(?<year>\d{4})-(?<month>\d{2})-(?<day>\d{2})|(?<day>\d{1,2})\.(?<month>\d{1,2})\.(?<year>\d{4}))(?:" + YearMark + @"|(?![\w/-]|\.\d))")]
    private static partial Regex Numeric();

    [GeneratedRegex(@"(?<![\w.,])([12]?\d|3[01])\s?[-–—]\s?([12]?\d|3[01])\s(" + MonthNames + @")\b")]
    private static partial Regex DaysOfMonth();

    [GeneratedRegex(@"(?<![\w.,–—-])([12]?\d|3[01])\s(" + MonthNames + @")\b")]
    private static partial Regex DayOfMonth();

    [GeneratedRegex(@"(?<=\b(?:" + MonthNames + @")\s)(?<year>[1-3]\d{3})(?:" + YearMark + @"|(?![\w:]|[.,]\d))")]
    private static partial Regex YearOfMonth();

    [GeneratedRegex(@"(?<![\w.])(?<in>[Ww]|[Pp]o|[Pp]rzy)\s(?<year>[1-3]\d{3})" + YearMark)]
    private static partial Regex InYear();

    [GeneratedRegex(@"(?<![\w.,–—-])(?<year>[1-3]\d{3})" + YearMark)]
    private static partial Regex OfYear();

    [GeneratedRegex(@"(?<![\w.])(?<the>[Rr]ok)\s(?<year>[1-3]\d{3})(?![\w]|[.,–—-]\d)")]
    private static partial Regex TheYear();

    [GeneratedRegex(@"\b([Ll]ata|[Ll]at|[Ll]atach)\s([2-9]0)\.")]
    private static partial Regex Decade();

    [GeneratedRegex(@"(?<![\w.])(?<in>[Ww]|[Pp]o)e?\s(?<roman>[IVX]{1,6})\s(?:wieku|w\.(?<last>\s*$)?)")]
    private static partial Regex InCentury();

    [GeneratedRegex(@"(?<![\w.])(?<roman>[IVX]{1,6})\s(?<word>wieku|wiek|w\.)(?!\w)(?<last>(?<=\.)\s*$)?")]
    private static partial Regex OfCentury();
}
