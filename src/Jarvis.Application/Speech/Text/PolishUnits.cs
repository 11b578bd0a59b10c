namespace Jarvis.Application.Speech.Text;

/// <summary>Symbols of units and currencies with their Polish nouns.</summary>
internal static class PolishUnits
{
    /// <summary>Pattern of all symbols, the longer ones first.</summary>
    public const string Symbols =
        "%|proc|°C|°F|°|km/h|m/s|km²|km2|m²|m2|m³|m3|km|cm|mm|dag|kg|mg|ml|ha|kWh|kW|MW|GHz|MHz|kHz|Hz|TB|GB|MB|KB|kB|Mb/s|ms|sek|min|godz|kcal|px|szt|os|"
        + "PLN|EUR|USD|GBP|CHF|zł|gr|[$€£]|m|g|t|l|W|V|s|h";

    private static readonly PolishNoun Dollar = PolishNoun.Masculine("dolar", "dolary", "dolarów", "dolara");
    private static readonly PolishNoun Cent = PolishNoun.Masculine("cent", "centy", "centów", "centa");
    private static readonly PolishNoun Euro = PolishNoun.Fixed("euro", PolishGender.Neuter);
    private static readonly PolishNoun Pound = PolishNoun.Masculine("funt", "funty", "funtów", "funta");
    private static readonly PolishNoun Penny = PolishNoun.Masculine("pens", "pensy", "pensów", "pensa");
    private static readonly PolishNoun Zloty = PolishNoun.Masculine("złoty", "złote", "złotych", "złotego");
    private static readonly PolishNoun Grosz = PolishNoun.Masculine("grosz", "grosze", "groszy", "grosza");
    private static readonly PolishNoun Percent = PolishNoun.Fixed("procent");
    private static readonly PolishNoun Second = PolishNoun.Feminine("sekunda", "sekundy", "sekund", "sekundy");
    private static readonly PolishNoun Hour = PolishNoun.Feminine("godzina", "godziny", "godzin", "godziny");

    private static readonly Dictionary<string, PolishNoun> Units = new()
    {
        ["%"] = Percent,
        ["proc"] = Percent,
        ["°C"] = Degree(" Celsjusza"),
        ["°F"] = Degree(" Fahrenheita"),
        ["°"] = Degree(""),
        ["km/h"] = Regular("kilometr", " na godzinę"),
        ["m/s"] = Regular("metr", " na sekundę"),
        ["km²"] = Square("kilometr"),
        ["km2"] = Square("kilometr"),
        ["m²"] = Square("metr"),
        ["m2"] = Square("metr"),
        ["m³"] = Cubic("metr"),
        ["m3"] = Cubic("metr"),
        ["km"] = Regular("kilometr"),
        ["cm"] = Regular("centymetr"),
        ["mm"] = Regular("milimetr"),
        ["m"] = Regular("metr"),
        ["dag"] = Regular("dekagram"),
        ["kg"] = Regular("kilogram"),
        ["mg"] = Regular("miligram"),
        ["g"] = Regular("gram"),
        ["t"] = PolishNoun.Feminine("tona", "tony", "ton", "tony"),
        ["ha"] = Regular("hektar"),
        ["ml"] = Regular("mililitr"),
        ["l"] = Regular("litr"),
        ["kWh"] = PolishNoun.Feminine("kilowatogodzina", "kilowatogodziny", "kilowatogodzin", "kilowatogodziny"),
        ["kW"] = Regular("kilowat"),
        ["MW"] = Regular("megawat"),
        ["W"] = Regular("wat"),
        ["V"] = Regular("wolt"),
        ["GHz"] = Hertz("giga"),
        ["MHz"] = Hertz("mega"),
        ["kHz"] = Hertz("kilo"),
        ["Hz"] = Hertz(""),
        ["TB"] = Regular("terabajt"),
        ["GB"] = Regular("gigabajt"),
        ["MB"] = Regular("megabajt"),
        ["KB"] = Regular("kilobajt"),
        ["kB"] = Regular("kilobajt"),
        ["Mb/s"] = Regular("megabit", " na sekundę"),
        ["ms"] = PolishNoun.Feminine("milisekunda", "milisekundy", "milisekund", "milisekundy"),
        ["s"] = Second,
        ["sek"] = Second,
        ["min"] = PolishNoun.Feminine("minuta", "minuty", "minut", "minuty"),
        ["h"] = Hour,
        ["godz"] = Hour,
        ["kcal"] = PolishNoun.Feminine("kilokaloria", "kilokalorie", "kilokalorii", "kilokalorii"),
        ["px"] = PolishNoun.Masculine("piksel", "piksele", "pikseli", "piksela"),
        ["szt"] = PolishNoun.Feminine("sztuka", "sztuki", "sztuk", "sztuki"),
        ["os"] = PolishNoun.Feminine("osoba", "osoby", "osób", "osoby"),
    };

    /// <summary>Returns the noun of a symbol and, for most currencies, the noun of the hundredth part.</summary>
    public static (PolishNoun Noun, PolishNoun? Small)? Find(string symbol) => symbol switch
    {
        "zł" or "PLN" => (Zloty, Grosz),
        "gr" => (Grosz, null),
        "$" or "USD" => (Dollar, Cent),
        "€" or "EUR" => (Euro, Cent),
        "£" or "GBP" => (Pound, Penny),
        "CHF" => (Regular("frank"), null),
        _ => Units.TryGetValue(symbol, out var noun) ? (noun, null) : null,
    };

    private static PolishNoun Regular(string word, string more = "") =>
        PolishNoun.Masculine(word + more, word + (word[^1] is 'k' ? "i" : "y") + more, word + "ów" + more, word + "a" + more);

    private static PolishNoun Square(string word) =>
        PolishNoun.Masculine(word + " kwadratowy", word + "y kwadratowe", word + "ów kwadratowych", word + "a kwadratowego");

    private static PolishNoun Cubic(string word) =>
        PolishNoun.Masculine(word + " sześcienny", word + "y sześcienne", word + "ów sześciennych", word + "a sześciennego");

    private static PolishNoun Degree(string scale) => PolishNoun.Masculine("stopień" + scale, "stopnie" + scale, "stopni" + scale, "stopnia" + scale);

    private static PolishNoun Hertz(string prefix) => PolishNoun.Masculine(prefix + "herc", prefix + "herce", prefix + "herców", prefix + "herca");
}
