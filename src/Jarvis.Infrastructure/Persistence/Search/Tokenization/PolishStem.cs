namespace Jarvis.Infrastructure.Persistence.Search.Tokenization;

/// <summary>
/// Removes the endings of declension and conjugation from a Polish word without accents. A list contains the few common words
/// whose stem changes.
/// </summary>
internal static class PolishStem
{
    private const int MinStemLength = 3;

    private static readonly Dictionary<string, string> Irregular = new(StringComparer.Ordinal)
    {
        ["psa"] = "pies", ["psu"] = "pies", ["psem"] = "pies", ["psie"] = "pies", ["psy"] = "pies", ["psow"] = "pies", ["psami"] = "pies", ["psach"] = "pies", ["psom"] = "pies",
        ["ojca"] = "ojciec", ["ojcu"] = "ojciec", ["ojcem"] = "ojciec",
        ["corce"] = "cork", ["matce"] = "matk", ["zonie"] = "zon", ["mezem"] = "maz", ["meza"] = "maz", ["mezu"] = "maz",
        ["dziecka"] = "dzieck", ["dzieci"] = "dzieck", ["imienia"] = "imie", ["imieniu"] = "imie",
        ["pracuje"] = "prac", ["pracujesz"] = "prac", ["pracy"] = "prac", ["praca"] = "prac", ["prace"] = "prac", ["pracowac"] = "prac",
    };

    private static readonly string[] Endings = new[]
    {
        "iejszych", "iejszy", "owaniem", "owanie", "owania", "owalem", "owalam", "owego", "owemu", "owych", "owymi",
        "alismy", "alysmy", "ilismy", "ylismy", "alem", "alam", "ilem", "ilam", "ylem", "ylam", "uje", "ujesz", "ujemy", "uja", "owac",
        "iego", "iemu", "imi", "ymi", "ami", "iami", "ach", "iach", "ego", "emu", "owi", "iowi", "owie", "osci", "osc",
        "amy", "acie", "asz", "esz", "isz", "ysz", "imy", "ymy", "icie", "ycie", "aja", "eja", "iec", "yc", "ac", "ic", "ec",
        "iej", "iem", "iom", "iow", "ich", "ych", "ej", "em", "om", "ow", "am", "im", "ym", "ia", "ie", "iu", "io", "al", "il", "yl",
        "la", "lo", "li", "ly", "a", "e", "i", "o", "u", "y",
    }.OrderByDescending(ending => ending.Length).ToArray();

    public static string Stem(string word)
    {
        if (Irregular.TryGetValue(word, out var stem))
        {
            return stem;
        }

        var ending = Array.Find(Endings, ending => word.EndsWith(ending, StringComparison.Ordinal) && word.Length - ending.Length >= MinStemLength);

        return ending is null ? word : word[..^ending.Length];
    }
}
