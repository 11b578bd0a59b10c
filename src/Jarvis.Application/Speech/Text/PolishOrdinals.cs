namespace Jarvis.Application.Speech.Text;

/// <summary>Converts numbers to Polish ordinals in the forms that dates, years and hours require: “dwudziestego trzeciego”.</summary>
internal static class PolishOrdinals
{
    private static readonly string[] Small =
    [
        "zerow", "pierwsz", "drug", "trzec", "czwart", "piąt", "szóst", "siódm", "ósm", "dziewiąt", "dziesiąt", "jedenast", "dwunast", "trzynast",
        "czternast", "piętnast", "szesnast", "siedemnast", "osiemnast", "dziewiętnast",
    ];

    private static readonly string[] Tens =
    [
        "", "", "dwudziest", "trzydziest", "czterdziest", "pięćdziesiąt", "sześćdziesiąt", "siedemdziesiąt", "osiemdziesiąt", "dziewięćdziesiąt",
    ];

    private static readonly string[] Hundreds =
        ["", "setn", "dwusetn", "trzechsetn", "czterechsetn", "pięćsetn", "sześćsetn", "siedemsetn", "osiemsetn", "dziewięćsetn"];

    private static readonly string[] Thousands = ["", "tysięczn", "dwutysięczn", "trzytysięczn"];

    /// <param name="ending">Ending as in “dobry”: <c>y</c>, <c>ego</c>, <c>ym</c>, <c>a</c>, <c>ą</c>, <c>ej</c>, <c>e</c>, <c>ych</c>.</param>
    /// <returns>The words; null for numbers without a common ordinal.</returns>
    public static string? ToWords(int number, string ending)
    {
        if (number is < 0 or > 3999)
        {
            return null;
        }

        var rest = number % 100;
        if (rest > 0 || number == 0)
        {
            return Prefix(number - rest, rest < 20 ? AddEnding(Small[rest], ending) : UpToHundred(rest, ending));
        }

        return number % 1000 > 0
            ? Prefix(number - (number % 1000), AddEnding(Hundreds[number % 1000 / 100], ending))
            : AddEnding(Thousands[number / 1000], ending);
    }

    private static string UpToHundred(int number, string ending) =>
        number % 10 == 0 ? AddEnding(Tens[number / 10], ending) : $"{AddEnding(Tens[number / 10], ending)} {AddEnding(Small[number % 10], ending)}";

    // Only the last part is an ordinal: “tysiąc dziewięćset dziewięćdziesiątego”.
    private static string Prefix(int before, string ordinal) => before == 0 ? ordinal : $"{PolishNumbers.Cardinal(before)} {ordinal}";

    private static string AddEnding(string stem, string ending) => (stem, ending) switch
    {
        ("drug", "a" or "ą") => stem + ending,
        ("drug" or "trzec", "y") => stem + "i",
        ("drug" or "trzec", "ym" or "ych") => stem + "i" + ending[1..],
        ("drug" or "trzec", _) => stem + "i" + ending,
        _ => stem + ending,
    };
}
