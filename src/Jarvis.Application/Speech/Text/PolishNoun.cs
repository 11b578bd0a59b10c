namespace Jarvis.Application.Speech.Text;

/// <summary>Polish noun in the forms that numbers require.</summary>
/// <param name="One">Form after 1: kilometr.</param>
/// <param name="Few">Form after 2 to 4: kilometry.</param>
/// <param name="Many">Form after 5 and more: kilometrów.</param>
/// <param name="Part">Form after fractions, and genitive singular: 2,7 kilometra.</param>
internal sealed record PolishNoun(PolishGender Gender, string One, string Few, string Many, string Part)
{
    public static PolishNoun Thousand { get; } = Masculine("tysiąc", "tysiące", "tysięcy", "tysiąca");

    public static PolishNoun Million { get; } = Masculine("milion", "miliony", "milionów", "miliona");

    public static PolishNoun Billion { get; } = Masculine("miliard", "miliardy", "miliardów", "miliarda");

    public static PolishNoun Trillion { get; } = Masculine("bilion", "biliony", "bilionów", "biliona");

    public static PolishNoun Masculine(string one, string few, string many, string part) => new(PolishGender.Masculine, one, few, many, part);

    public static PolishNoun Feminine(string one, string few, string many, string part) => new(PolishGender.Feminine, one, few, many, part);

    /// <summary>Creates a noun with the same form for all numbers: procent, euro.</summary>
    public static PolishNoun Fixed(string word, PolishGender gender = PolishGender.Masculine) => new(gender, word, word, word, word);

    public string FormFor(long number, bool genitive = false)
    {
        if (number == 1)
        {
            return genitive ? Part : One;
        }

        return !genitive && number % 10 is >= 2 and <= 4 && number % 100 is not (>= 12 and <= 14) ? Few : Many;
    }
}
