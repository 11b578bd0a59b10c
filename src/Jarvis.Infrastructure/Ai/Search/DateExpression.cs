using System.Globalization;
using System.Text.RegularExpressions;
using Jarvis.Infrastructure.Persistence.Search.Tokenization;

namespace Jarvis.Infrastructure.Ai.Search;

/// <summary>A time that a text names: "on 8 May 2026", "w maju", "last week". From is inclusive, To is exclusive.</summary>
internal sealed partial record DateExpression(DateTimeOffset From, DateTimeOffset To)
{
    // Users usually mention an event some days later: "last Friday we …".
    private static readonly TimeSpan MaxDistance = TimeSpan.FromDays(20);
    private const double ShareOfAYear = 0.15;

    private static readonly string[][] Months =
    [
        ["jan", "january", "stycz"], ["feb", "february", "luty", "lutego", "lutym"], ["mar", "march", "marzec", "marca", "marcu"],
        ["apr", "april", "kwiecien", "kwietnia", "kwietniu"], ["may", "maj", "maja", "maju"], ["jun", "june", "czerwiec", "czerwca", "czerwcu"],
        ["jul", "july", "lipiec", "lipca", "lipcu"], ["aug", "august", "sierpien", "sierpnia", "sierpniu"],
        ["sep", "sept", "september", "wrzesien", "wrzesnia", "wrzesniu"], ["oct", "october", "pazdziernik", "pazdziernika", "pazdzierniku"],
        ["nov", "november", "listopad", "listopada", "listopadzie"], ["dec", "december", "grudzien", "grudnia", "grudniu"],
    ];

    public bool IsLong => To - From > TimeSpan.FromDays(100);

    /// <summary>Returns a value from 0 (another time) to 1 (within the time).</summary>
    public double Closeness(DateTimeOffset time)
    {
        if (IsLong)
        {
            return time >= From && time < To ? ShareOfAYear : 0;
        }

        if (time >= From && time < To)
        {
            return 1;
        }

        var later = time - To;

        return later >= TimeSpan.Zero && later < MaxDistance ? 1 - (later / MaxDistance) : 0;
    }

    public static IReadOnlyList<DateExpression> Find(string text, DateTimeOffset now)
    {
        var folded = Tokenizer.Fold(text);

        return [.. Dates.Matches(folded).Select(match => FromDate(match, now)).OfType<DateExpression>(), .. Relative(folded, now)];
    }

    private static DateExpression? FromDate(Match match, DateTimeOffset now)
    {
        if (match.Groups["iso"].Success)
        {
            return DateTime.TryParseExact(match.Value, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var iso) ? Day(iso.Year, iso.Month, iso.Day) : null;
        }

        if (match.Groups["only"].Success)
        {
            return Span(new DateTime(Number(match, "only")!.Value, 1, 1), start => start.AddYears(1));
        }

        var month = MonthOf(match.Groups["month"].Value);
        var day = Number(match, "day");
        var year = Number(match, "year");
        if (month is null || (IsDoubtful(match.Groups["month"].Value) && day is null && year is null && !match.Groups["in"].Success))
        {
            return null;
        }

        // Without a year, the month is the most recent one, because memory has only the past.
        var before = new DateTime(now.Year, month.Value, 1) <= now.DateTime ? now.Year : now.Year - 1;

        return day is { } number ? Day(year ?? before, month.Value, number) : Span(new DateTime(year ?? before, month.Value, 1), start => start.AddMonths(1));
    }

    private static IEnumerable<DateExpression> Relative(string folded, DateTimeOffset now)
    {
        var today = now.Date;
        var monday = today.AddDays(-(((int)today.DayOfWeek + 6) % 7));
        var month = new DateTime(today.Year, today.Month, 1);
        foreach (Match match in RelativeTimes.Matches(folded))
        {
            yield return match.Groups switch
            {
                var groups when groups["today"].Success => Span(today, start => start.AddDays(1)),
                var groups when groups["yesterday"].Success => Span(today.AddDays(-1), start => start.AddDays(1)),
                var groups when groups["week"].Success => Span(monday.AddDays(-7), start => start.AddDays(7)),
                var groups when groups["month"].Success => Span(month.AddMonths(-1), start => start.AddMonths(1)),
                _ => Span(new DateTime(today.Year - 1, 1, 1), start => start.AddYears(1)),
            };
        }
    }

    private static DateExpression? Day(int year, int month, int day) =>
        day >= 1 && day <= DateTime.DaysInMonth(year, month) ? Span(new DateTime(year, month, day), start => start.AddDays(1)) : null;

    private static DateExpression Span(DateTime from, Func<DateTime, DateTime> end) => new(new(from, TimeSpan.Zero), new(end(from), TimeSpan.Zero));

    private static int? MonthOf(string word) =>
        Array.FindIndex(Months, names => names.Any(name => name == word || (name == "stycz" && word.StartsWith(name, StringComparison.Ordinal)))) is >= 0 and var index ? index + 1 : null;

    // "may" and "mar" also have other meanings.
    private static bool IsDoubtful(string month) => month is "may" or "mar" or "march" or "maja" or "jan" or "sep" or "dec";

    private static int? Number(Match match, string group) =>
        match.Groups[group] is { Success: true, Value: var value } ? int.Parse(value, CultureInfo.InvariantCulture) : null;

    private const string MonthNames =
        "jan(uary)?|feb(ruary)?|mar(ch)?|apr(il)?|may|june?|july?|aug(ust)?|sept?(ember)?|oct(ober)?|nov(ember)?|dec(ember)?"
        + "|stycz(en|nia|niu)|lut(y|ego|ym)|mar(zec|ca|cu)|kwie(cien|tnia|tniu)|maj[au]?|czerw(iec|ca|cu)|lip(iec|ca|cu)|sierp(ien|nia|niu)"
        + "|wrze(sien|snia|sniu)|pazdziernik[au]?|listopad(a|zie)?|grud(zien|nia|niu)";

    [GeneratedRegex(
        @"\b(?<iso>(19|20)\d\d-\d\d-\d\d)\b"
        + @"|\b(?<in>in |of |during |since |last |w |we )?((?<day>\d{1,2})(st|nd|rd|th)?( of)? )?(?<month>" + MonthNames + @")\b( (?<day>\d{1,2})(st|nd|rd|th)?(?!\d))?(,? (?<year>(19|20)\d\d)\b)?"
        + @"|\b(?<only>(19|20)\d\d)\b",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Dates { get; }

    [GeneratedRegex(
        @"\b(?<today>today|dzisiaj|dzis)\b|\b(?<yesterday>yesterday|wczoraj)\b|\b(?<week>last week|(w )?(zeszlym|ubieglym) tygodniu)\b"
        + @"|\b(?<month>last month|(w )?(zeszlym|ubieglym) miesiacu)\b|\b(?<year>last year|(w )?(zeszlym|ubieglym) roku)\b",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex RelativeTimes { get; }
}
