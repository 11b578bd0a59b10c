using System.Globalization;
using System.Text.RegularExpressions;

namespace Jarvis.Application.Speech.Text;

/// <summary>
/// Converts Polish amounts to words, with the noun in the form that the number requires: “dwa kilometry”, “do pięciu kilometrów”.
/// </summary>
internal static partial class PolishPluralForms
{
    private const string Number = @"\d{1,3}(?: \d{3})+(?:,\d+)?|\d+(?:[.,]\d+)?";

    private static readonly Dictionary<string, PolishNoun> Scales = new()
    {
        ["tys"] = PolishNoun.Thousand, ["mln"] = PolishNoun.Million, ["mld"] = PolishNoun.Billion, ["bln"] = PolishNoun.Trillion,
    };

    private static readonly Dictionary<string, string> Per = new()
    {
        ["kg"] = "kilogram", ["g"] = "gram", ["l"] = "litr", ["km"] = "kilometr", ["m²"] = "metr kwadratowy", ["m2"] = "metr kwadratowy",
        ["h"] = "godzinę", ["godz"] = "godzinę", ["os"] = "osobę", ["szt"] = "sztukę", ["mies"] = "miesiąc", ["dzień"] = "dzień", ["rok"] = "rok",
    };

    public static string Replace(string text)
    {
        var result = SignBefore().Replace(text, "${number}${scale} ${sign}");
        result = Counted().Replace(result, ToWords);

        return PerUnit().Replace(result, per => " za " + Per[per.Groups[1].Value]);
    }

    private static string ToWords(Match counted)
    {
        var unit = counted.Groups["unit"] is { Success: true } named ? PolishUnits.Find(named.Value) : null;
        var scale = counted.Groups["scale"] is { Success: true } big ? Scales[big.Value] : null;
        if ((unit?.Noun ?? scale) is not { } noun || counted.Groups["number"] is not { } number || PolishNumbers.ToWords(number.Value) is null)
        {
            return counted.Value;
        }

        var genitive = counted.Groups["of"].Success;
        var counter = scale ?? noun;
        var words = counted.Groups["until"] is { Success: true } until
            ? $"{PolishNumbers.ToWords(number.Value, counter.Gender, genitive)} do {Amount(until.Value, counter, genitive: true)}"
            : unit is { Small: { } small } && scale is null && Cents(number.Value) is { } cents
                ? WithCents(number.Value, noun, cents, small, genitive)
                : Amount(number.Value, counter, genitive);
        var minus = counted.Groups["minus"].Success ? "minus " : "";
        var end = counted.Groups["last"].Success ? "." : "";

        return counted.Groups["of"].Value + minus + words + (scale is not null && unit is not null ? " " + noun.Many : "") + end;
    }

    private static string Amount(string digits, PolishNoun noun, bool genitive)
    {
        var parts = digits.Replace(" ", "", StringComparison.Ordinal).Split('.', ',');
        var whole = long.Parse(parts[0], CultureInfo.InvariantCulture);
        if (parts.Length == 1)
        {
            return $"{PolishNumbers.Cardinal(whole, noun.Gender, genitive)} {noun.FormFor(whole, genitive)}";
        }

        return (whole, parts[1]) switch
        {
            (0, "5") => $"pół {noun.Part}",
            (1, "5") => $"{(noun.Gender == PolishGender.Feminine ? "półtorej" : "półtora")} {noun.Part}",
            (_, "5") => $"{PolishNumbers.Cardinal(whole, noun.Gender, genitive)} i pół {noun.Part}",
            _ => $"{PolishNumbers.ToWords(digits)} {noun.Part}",
        };
    }

    private static long? Cents(string digits) => Hundredths().Match(digits) is { Success: true } cents ? long.Parse(cents.Groups[1].ValueSpan, CultureInfo.InvariantCulture) : null;

    private static string WithCents(string digits, PolishNoun noun, long cents, PolishNoun small, bool genitive)
    {
        var whole = digits[..^3];
        var parts = new[] { (whole, noun), (cents.ToString(CultureInfo.InvariantCulture), small) }.Where(part => part.Item1 != "0").ToList();

        return parts.Count == 0 ? Amount("0", noun, genitive) : string.Join(' ', parts.Select(part => Amount(part.Item1, part.Item2, genitive)));
    }

    [GeneratedRegex(@"(?<sign>[$€£])\s?(?<number>" + Number + @")(?<scale>\s?(?:tys\.|mln|mld))?")]
    private static partial Regex SignBefore();

    [GeneratedRegex(@"(?<of>(?<!\w)(?:[Oo]koło|[Pp]owyżej|[Pp]oniżej|[Bb]lisko|[Dd]o|[Oo]d|[Bb]ez|[Dd]la)\s)?(?<![\w.,–-]|\d )(?<minus>[-−])?(?<number>" + Number + @")(?:\s?[-–—]\s?(?<until>" + Number + @"))?(?:\s?(?<scale>tys|mln|mld|bln)(?!\w)(?:(?<=tys)\.(?<last>\s*$)?)?)?(?:\s?(?<unit>" + PolishUnits.Symbols + @")(?![\w²³])(?:(?<=godz|min|sek|szt|os|proc)\.(?<last>\s*$)?)?)?(?!\w|[.,]\d)")]
    private static partial Regex Counted();

    [GeneratedRegex(@"(?<=\p{L})\s?/\s?(kg|g|l|km|m²|m2|h|godz|os|szt|mies|dzień|rok)\.?(?!\w)")]
    private static partial Regex PerUnit();

    [GeneratedRegex(@",(\d\d)$")]
    private static partial Regex Hundredths();
}
