using System.Text.RegularExpressions;

namespace Jarvis.Application.Speech.Text;

/// <summary>Converts amounts with English units to words: “5 km” becomes “five kilometers”.</summary>
internal static partial class EnglishUnits
{
    private const string Number = @"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:[.,]\d+)?";

    private static readonly Dictionary<string, (string One, string Many)> Units = new()
    {
        ["%"] = ("percent", "percent"),
        ["°C"] = ("degree Celsius", "degrees Celsius"),
        ["°F"] = ("degree Fahrenheit", "degrees Fahrenheit"),
        ["°"] = ("degree", "degrees"),
        ["km/h"] = ("kilometer per hour", "kilometers per hour"),
        ["mph"] = ("mile per hour", "miles per hour"),
        ["m/s"] = ("meter per second", "meters per second"),
        ["km²"] = ("square kilometer", "square kilometers"),
        ["km2"] = ("square kilometer", "square kilometers"),
        ["m²"] = ("square meter", "square meters"),
        ["m2"] = ("square meter", "square meters"),
        ["m³"] = ("cubic meter", "cubic meters"),
        ["m3"] = ("cubic meter", "cubic meters"),
        ["km"] = ("kilometer", "kilometers"),
        ["cm"] = ("centimeter", "centimeters"),
        ["mm"] = ("millimeter", "millimeters"),
        ["m"] = ("meter", "meters"),
        ["mi"] = ("mile", "miles"),
        ["ft"] = ("foot", "feet"),
        ["yd"] = ("yard", "yards"),
        ["kg"] = ("kilogram", "kilograms"),
        ["mg"] = ("milligram", "milligrams"),
        ["g"] = ("gram", "grams"),
        ["lbs"] = ("pound", "pounds"),
        ["lb"] = ("pound", "pounds"),
        ["oz"] = ("ounce", "ounces"),
        ["ha"] = ("hectare", "hectares"),
        ["ml"] = ("milliliter", "milliliters"),
        ["mL"] = ("milliliter", "milliliters"),
        ["l"] = ("liter", "liters"),
        ["L"] = ("liter", "liters"),
        ["kWh"] = ("kilowatt hour", "kilowatt hours"),
        ["kW"] = ("kilowatt", "kilowatts"),
        ["MW"] = ("megawatt", "megawatts"),
        ["W"] = ("watt", "watts"),
        ["V"] = ("volt", "volts"),
        ["GHz"] = ("gigahertz", "gigahertz"),
        ["MHz"] = ("megahertz", "megahertz"),
        ["kHz"] = ("kilohertz", "kilohertz"),
        ["Hz"] = ("hertz", "hertz"),
        ["TB"] = ("terabyte", "terabytes"),
        ["GB"] = ("gigabyte", "gigabytes"),
        ["MB"] = ("megabyte", "megabytes"),
        ["KB"] = ("kilobyte", "kilobytes"),
        ["kB"] = ("kilobyte", "kilobytes"),
        ["Mbps"] = ("megabit per second", "megabits per second"),
        ["ms"] = ("millisecond", "milliseconds"),
        ["sec"] = ("second", "seconds"),
        ["s"] = ("second", "seconds"),
        ["min"] = ("minute", "minutes"),
        ["hrs"] = ("hour", "hours"),
        ["hr"] = ("hour", "hours"),
        ["h"] = ("hour", "hours"),
        ["px"] = ("pixel", "pixels"),
        ["kcal"] = ("kilocalorie", "kilocalories"),
    };

    private static readonly Dictionary<string, string> Per = new()
    {
        ["kg"] = "kilogram", ["g"] = "gram", ["l"] = "liter", ["h"] = "hour", ["km"] = "kilometer", ["m²"] = "square meter", ["s"] = "second",
        ["day"] = "day", ["month"] = "month", ["mo"] = "month", ["year"] = "year", ["yr"] = "year", ["hour"] = "hour", ["week"] = "week", ["person"] = "person",
    };

    public static string Replace(string text) => PerUnit().Replace(Counted().Replace(text, ToWords), per => " per " + Per[per.Groups[1].Value]);

    private static string ToWords(Match counted)
    {
        var (one, many) = Units[counted.Groups["unit"].Value];
        if (Words(counted.Groups["number"].Value) is not { } words)
        {
            return counted.Value;
        }

        var minus = counted.Groups["minus"].Success ? "minus " : "";
        var until = counted.Groups["until"] is { Success: true } last && Words(last.Value) is { } end ? " to " + end : "";

        return $"{minus}{words}{until} {(words == "one" && until.Length == 0 ? one : many)}";
    }

    // A comma before three digits separates thousands; any other is a decimal comma.
    private static string? Words(string number) =>
        EnglishNumbers.ToWords(DecimalComma().IsMatch(number) ? number.Replace(',', '.') : number);

    // The symbol of the second requires a space, because “the 1990s” is a decade.
    [GeneratedRegex(@"(?<![\w.,-])(?<minus>[-−])?(?<number>" + Number + @")(?:\s?[-–—]\s?(?<until>" + Number + @"))?(?:\s?(?<unit>%|°C|°F|°|km/h|mph|m/s|km²|km2|m²|m2|m³|m3|km|cm|mm|mi|ft|yd|kg|mg|lbs|lb|oz|ha|ml|mL|kWh|kW|MW|GHz|MHz|kHz|Hz|TB|GB|MB|KB|kB|Mbps|ms|sec|min|hrs|hr|px|kcal|m|g|l|L|W|V|h)|\s(?<unit>s))(?![\w²³])(?:(?<=min|sec|hrs?|lbs?|oz|ft)\.(?!$))?")]
    private static partial Regex Counted();

    [GeneratedRegex(@"(?<=\p{L})\s?/\s?(kg|g|l|h|km|m²|s|day|month|mo|year|yr|hour|week|person)(?!\w)")]
    private static partial Regex PerUnit();

    [GeneratedRegex(@"^\d+,(?:\d{1,2}|\d{4,})$")]
    private static partial Regex DecimalComma();
}
