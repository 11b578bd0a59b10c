using System.Globalization;

namespace Jarvis.Application.Speech.Text;

/// <summary>Converts numbers to Polish words.</summary>
internal static class PolishNumbers
{
    private const long Largest = 999_999_999_999_999;

    private static readonly string[] Units = ["zero", "jeden", "dwa", "trzy", "cztery", "pięć", "sześć", "siedem", "osiem", "dziewięć"];

    private static readonly string[] Teens =
    [
        "dziesięć", "jedenaście", "dwanaście", "trzynaście", "czternaście", "piętnaście", "szesnaście", "siedemnaście", "osiemnaście", "dziewiętnaście",
    ];

    private static readonly string[] Tens =
    [
        "", "", "dwadzieścia", "trzydzieści", "czterdzieści", "pięćdziesiąt", "sześćdziesiąt", "siedemdziesiąt", "osiemdziesiąt", "dziewięćdziesiąt",
    ];

    private static readonly string[] Hundreds =
        ["", "sto", "dwieście", "trzysta", "czterysta", "pięćset", "sześćset", "siedemset", "osiemset", "dziewięćset"];

    private static readonly string[] GenitiveUnits = ["zera", "jednego", "dwóch", "trzech", "czterech", "pięciu", "sześciu", "siedmiu", "ośmiu", "dziewięciu"];

    private static readonly string[] GenitiveTeens =
    [
        "dziesięciu", "jedenastu", "dwunastu", "trzynastu", "czternastu", "piętnastu", "szesnastu", "siedemnastu", "osiemnastu", "dziewiętnastu",
    ];

    private static readonly string[] GenitiveTens =
    [
        "", "", "dwudziestu", "trzydziestu", "czterdziestu", "pięćdziesięciu", "sześćdziesięciu", "siedemdziesięciu", "osiemdziesięciu",
        "dziewięćdziesięciu",
    ];

    private static readonly string[] GenitiveHundreds =
        ["", "stu", "dwustu", "trzystu", "czterystu", "pięciuset", "sześciuset", "siedmiuset", "ośmiuset", "dziewięciuset"];

    private static readonly (long Size, PolishNoun Name)[] Scales =
    [
        (1_000_000_000_000, PolishNoun.Trillion), (1_000_000_000, PolishNoun.Billion), (1_000_000, PolishNoun.Million), (1_000, PolishNoun.Thousand),
    ];

    /// <summary>
    /// Converts a number with spaces between thousands and a decimal comma or point; null if it isn't a number or is too large to
    /// read as words.
    /// </summary>
    public static string? ToWords(string digits, PolishGender gender = PolishGender.Masculine, bool genitive = false)
    {
        var parts = digits.Replace(" ", "", StringComparison.Ordinal).Split('.', ',');
        if (!long.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var whole) || whole > Largest)
        {
            return null;
        }

        if (parts.Length == 1)
        {
            return Cardinal(whole, gender, genitive);
        }

        return $"{Cardinal(whole)} {(digits.Contains(',', StringComparison.Ordinal) ? "przecinek" : "kropka")} {Decimals(parts[1])}";
    }

    /// <summary>Returns the cardinal in the gender of the counted noun: “dwie godziny”. The genitive follows “do” and “od”.</summary>
    public static string Cardinal(long number, PolishGender gender = PolishGender.Masculine, bool genitive = false)
    {
        if (number == 1)
        {
            return (gender, genitive) switch
            {
                (PolishGender.Feminine, false) => "jedna",
                (PolishGender.Feminine, true) => "jednej",
                (PolishGender.Neuter, false) => "jedno",
                (_, false) => "jeden",
                (_, true) => "jednego",
            };
        }

        foreach (var (size, name) in Scales)
        {
            if (number >= size)
            {
                var count = number / size;
                var words = count == 1 ? name.FormFor(1, genitive) : $"{Cardinal(count, PolishGender.Masculine, genitive)} {name.FormFor(count, genitive)}";

                return number % size == 0 ? words : $"{words} {Rest(number % size, gender, genitive)}";
            }
        }

        return Rest(number, gender, genitive);
    }

    // In a compound number, “jeden” keeps its form: “dwadzieścia jeden godzin”.
    private static string Rest(long number, PolishGender gender, bool genitive)
    {
        if (number >= 1000)
        {
            return Cardinal(number, gender, genitive);
        }

        var (units, teens, tens, hundreds) = genitive ? (GenitiveUnits, GenitiveTeens, GenitiveTens, GenitiveHundreds) : (Units, Teens, Tens, Hundreds);
        var rest = number % 100;
        var words = new List<string> { hundreds[number / 100] };
        if (rest is >= 10 and < 20)
        {
            words.Add(teens[rest - 10]);
        }
        else
        {
            words.Add(tens[rest / 10]);
            words.Add((rest % 10) switch
            {
                0 => number == 0 ? units[0] : "",
                1 => Units[1],
                2 when gender == PolishGender.Feminine && !genitive => "dwie",
                var unit => units[unit],
            });
        }

        return string.Join(' ', words.Where(word => word.Length > 0));
    }

    // Two digits are read as one number (“czternaście”), others digit by digit.
    private static string Decimals(string digits) => digits.Length <= 2 && digits[0] != '0'
        ? Cardinal(long.Parse(digits, CultureInfo.InvariantCulture))
        : string.Join(' ', digits.Select(digit => Units[digit - '0']));
}
