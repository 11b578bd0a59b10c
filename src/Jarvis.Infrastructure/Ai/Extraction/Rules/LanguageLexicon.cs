namespace Jarvis.Infrastructure.Ai.Extraction.Rules;

/// <summary>Maps nouns to English, so that attributes are comparable across both languages.</summary>
internal static class LanguageLexicon
{
    private static readonly (string English, string[] Stems)[] Nouns =
    [
        ("dog", ["pies", "psa", "psem", "piesek", "pieska", "suczk", "suka", "szczeniak", "puppy"]),
        ("cat", ["kot", "kota", "kotem", "kotk", "kociak", "kitten"]),
        ("parrot", ["papug"]),
        ("hamster", ["chomik"]),
        ("rabbit", ["królik"]),
        ("horse", ["koń", "konia", "klacz"]),
        ("wife", ["żona", "żoną", "żonę"]),
        ("husband", ["mąż", "męża", "mężem"]),
        ("mother", ["mama", "matka", "mum", "mom"]),
        ("father", ["tata", "ojciec", "dad"]),
        ("sister", ["siostr"]),
        ("brother", ["brat"]),
        ("daughter", ["córk"]),
        ("son", ["syn"]),
        ("girlfriend", ["dziewczyn"]),
        ("boyfriend", ["chłopak"]),
        ("boss", ["szef"]),
        ("doctor", ["lekarz", "lekark"]),
        ("dentist", ["dentyst"]),
        ("colour", ["kolor", "color"]),
        ("food", ["jedzeni", "potraw", "dani", "dish"]),
        ("film", ["movie"]),
        ("band", ["zespół", "zespoł"]),
        ("book", ["książk"]),
        ("car", ["samochód", "samochod", "auto"]),
    ];

    public static string ToEnglish(string noun)
    {
        var word = noun.ToLowerInvariant();

        return Nouns.FirstOrDefault(entry => entry.Stems.Any(stem => word == stem || (stem.Length >= 4 && word.StartsWith(stem, StringComparison.Ordinal)))).English
            ?? word;
    }
}
