using System.Globalization;
using System.Text.RegularExpressions;

namespace Jarvis.Application.Speech.Text;

/// <summary>Converts times to Polish words: “o czternastej trzydzieści”, “godzina dziewiąta”.</summary>
internal static partial class PolishTimes
{
    public static string Replace(string text)
    {
        var result = Named().Replace(text, ToWords);

        return Plain().Replace(result, ToWords);
    }

    private static string ToWords(Match time)
    {
        var before = time.Groups["before"].Value;
        var (ending, word) = before.Trim().ToLowerInvariant() switch
        {
            "" => ("a", "godzina"),
            "przed" or "między" or "pomiędzy" => ("ą", "godziną"),
            "o" or "po" => ("ej", "godzinie"),
            _ => ("ej", "godziny"),
        };
        var hour = PolishOrdinals.ToWords(Number(time.Groups["hour"]), ending);
        var minute = time.Groups["minute"] is { Success: true } found && found.Value != "00" ? " " + Minutes(found) : "";
        var until = time.Groups["until"] is { Success: true } end
            ? $" do {PolishOrdinals.ToWords(Number(end), "ej")}{(time.Groups["to"].Value == "00" ? "" : " " + Minutes(time.Groups["to"]))}"
            : "";

        return $"{before}{(time.Groups["word"].Success ? word + " " : "")}{hour}{minute}{until}";
    }

    private static string Minutes(Group minute) => (minute.Value[0] == '0' ? "zero " : "") + PolishNumbers.Cardinal(Number(minute));

    private static int Number(Group digits) => int.Parse(digits.ValueSpan, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"(?<!\w)(?<before>(?:[Oo]koło|[Pp]rzed|[Pp]o|[Oo]d|[Dd]o|[Oo])\s)?(?<word>[Gg]odz\.|(?<=\s[Oo]\s)godzinie|(?<=\s[Oo]d\s|\s[Dd]o\s)godziny)\s(?<hour>2[0-4]|1\d|0?\d)(?:[:.](?<minute>[0-5]\d))?(?![\w:]|[.,]\d)")]
    private static partial Regex Named();

    [GeneratedRegex(@"(?<![\w:.,])(?<before>(?:[Oo]koło|[Pp]omiędzy|[Mm]iędzy|[Pp]rzed|[Pp]o|[Oo]d|[Dd]o|[Oo])\s)?(?<hour>2[0-4]|1\d|0?\d):(?<minute>[0-5]\d)(?:\s?[-–—]\s?(?<until>2[0-4]|1\d|0?\d):(?<to>[0-5]\d))?(?![\w:])")]
    private static partial Regex Plain();
}
