namespace Jarvis.Application.Speech.Text;

/// <summary>“Dwudziestego trzeciego”: numbers that order, in the forms that dates, years and hours ask for.</summary>
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

    /// <param name="ending">As “dobry” has it: <c>y</c>, <c>ego</c>, <c>ym</c>, <c>a</c>, <c>ą</c>, <c>ej</c>, <c>e</c>, <c>ych</c>.</param>
    /// <returns>Null for what nobody orders by.</returns>
    public static string? ToWords(int number, string ending)
    {
        if (number is < 0 or > 3999)
        {
            return null;
        }

        var rest = number % 100;
        if (rest > 0 || number == 0)
        {
            return EndingAfter(number - rest, rest < 20 ? With(Small[rest], ending) : UpToHundred(rest, ending));
        }

        return number % 1000 > 0
            ? EndingAfter(number - (number % 1000), With(Hundreds[number % 1000 / 100], ending))
            : With(Thousands[number / 1000], ending);
    }

    private static string UpToHundred(int number, string ending) =>
        number % 10 == 0 ? With(Tens[number / 10], ending) : $"{With(Tens[number / 10], ending)} {With(Small[number % 10], ending)}";

    // Only the end of it bends: “tysiąc dziewięćset dziewięćdziesiątego”.
    private static string EndingAfter(int before, string ordinal) => before == 0 ? ordinal : $"{PolishNumbers.Cardinal(before)} {ordinal}";

    private static string With(string stem, string ending) => (stem, ending) switch
    {
        ("drug", "a" or "ą") => stem + ending,
        ("drug" or "trzec", "y") => stem + "i",
        ("drug" or "trzec", "ym" or "ych") => stem + "i" + ending[1..],
        ("drug" or "trzec", _) => stem + "i" + ending,
        _ => stem + ending,
    };
}
