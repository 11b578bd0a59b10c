using System.Collections.Frozen;
using System.Text.RegularExpressions;

namespace Jarvis.Application.Speech.Text;

/// <summary>Expands Polish abbreviations to words.</summary>
internal static partial class PolishAbbreviations
{
    private static readonly Dictionary<string, string> Words = new(StringComparer.OrdinalIgnoreCase)
    {
        ["np."] = "na przykład", ["m.in."] = "między innymi", ["tzn."] = "to znaczy", ["tj."] = "to jest", ["itd."] = "i tak dalej",
        ["itp."] = "i tym podobne", ["etc."] = "et cetera", ["ul."] = "ulica", ["al."] = "aleja", ["pl."] = "plac", ["os."] = "osiedle",
        ["nr"] = "numer", ["nr."] = "numer", ["dr"] = "doktor", ["dr."] = "doktor", ["prof."] = "profesor", ["mgr"] = "magister", ["inż."] = "inżynier",
        ["hab."] = "habilitowany", ["lek."] = "lekarz", ["ks."] = "ksiądz", ["gen."] = "generał", ["płk"] = "pułkownik", ["kpt."] = "kapitan",
        ["ok."] = "około", ["wg"] = "według", ["ds."] = "do spraw", ["im."] = "imienia", ["zob."] = "zobacz", ["por."] = "porównaj",
        ["pt."] = "pod tytułem", ["ang."] = "po angielsku", ["niem."] = "po niemiecku", ["fr."] = "po francusku", ["łac."] = "po łacinie",
        ["woj."] = "województwo", ["pow."] = "powiat", ["gm."] = "gmina", ["tel."] = "telefon", ["ur."] = "urodzony", ["zm."] = "zmarł",
        ["min."] = "minimum", ["maks."] = "maksymalnie", ["max."] = "maksymalnie", ["dot."] = "dotyczy", ["ww."] = "wyżej wymieniony",
        ["jw."] = "jak wyżej", ["cd."] = "ciąg dalszy", ["cdn."] = "ciąg dalszy nastąpi", ["red."] = "redakcja", ["wyd."] = "wydanie",
        ["p.n.e."] = "przed naszą erą", ["n.e."] = "naszej ery", ["n.p.m."] = "nad poziomem morza", ["sp. z o.o."] = "spółka z ograniczoną odpowiedzialnością",
        ["godz."] = "godzina", ["tys."] = "tysięcy", ["mln"] = "milionów", ["mld"] = "miliardów", ["vs."] = "kontra", ["vs"] = "kontra",
        ["św. p."] = "świętej pamięci", ["b.r."] = "bieżącego roku", ["br."] = "bieżącego roku", ["ub.r."] = "ubiegłego roku", ["m.st."] = "miasto stołeczne",
        ["mec."] = "mecenas", ["dyr."] = "dyrektor", ["wys."] = "wysokość", ["szer."] = "szerokość", ["dł."] = "długość", ["śr."] = "średnio",
    };

    private static readonly Dictionary<string, string> BeforeNumber = new(StringComparer.OrdinalIgnoreCase)
    {
        ["str."] = "strona", ["s."] = "strona", ["art."] = "artykuł", ["ust."] = "ustęp", ["pkt"] = "punkt", ["poz."] = "pozycja", ["rys."] = "rysunek",
        ["tab."] = "tabela", ["rozdz."] = "rozdział", ["lp."] = "liczba porządkowa", ["t."] = "tom", ["m."] = "mieszkania",
    };

    /// <summary>Female names. Other names that end in “a” are male names in the genitive: świętego Mikołaja.</summary>
    private static readonly FrozenSet<string> FeminineNames = FrozenSet.ToFrozenSet(
        ["Anna", "Maria", "Barbara", "Teresa", "Katarzyna", "Elżbieta", "Jadwiga", "Faustyna", "Agnieszka", "Łucja", "Rita", "Kinga", "Cecylia", "Monika"]);

    public static string Expand(string text)
    {
        var result = Numbered().Replace(text, found => BeforeNumber[found.Groups[1].Value] + " ");
        result = TakZwanyPattern().Replace(result, found => $"{found.Groups[1].Value}ak {(Ending(found.Groups[2].Value) switch { 'a' => "zwana", 'o' or 'e' => "zwane", _ => "zwany" })} ");
        result = SwietyPattern().Replace(result, found => Ending(found.Groups[1].Value) switch
        {
            'a' => FeminineNames.Contains(found.Groups[1].Value) ? "święta " : "świętego ",
            'y' or 'i' => "świętej ",
            _ => "święty ",
        });

        return Plain().Replace(result, found => MatchCase(found.Value, Words[found.Value]) + (found.Value.EndsWith('.') && IsLast(result, found) ? "." : ""));
    }

    private static char Ending(string word) => char.ToLowerInvariant(word[^1]);

    private static string MatchCase(string found, string words) => char.IsUpper(found[0]) ? char.ToUpperInvariant(words[0]) + words[1..] : words;

    // An abbreviation at the end of a sentence also ends the sentence, so its full stop stays.
    private static bool IsLast(string text, Match found) => text.AsSpan(found.Index + found.Length).Trim(" \"'”)»").IsEmpty;

    [GeneratedRegex(@"(?<!\w)(str\.|s\.|art\.|ust\.|pkt|poz\.|rys\.|tab\.|rozdz\.|lp\.|t\.|m\.)\s?(?=\d)", RegexOptions.IgnoreCase)]
    private static partial Regex Numbered();

    [GeneratedRegex(@"(?<!\w)([tT])zw\.\s(?=[„""«]?(\p{L}+))")]
    private static partial Regex TakZwanyPattern();

    [GeneratedRegex(@"(?<!\w)[śŚ]w\.\s(?=(\p{Lu}\p{L}+))")]
    private static partial Regex SwietyPattern();

    // PolishPluralForms reads those after a number.
    [GeneratedRegex(@"(?<![\w.])(?:(?:np|m\.in|tzn|tj|itd|itp|etc|ul|al|pl|prof|inż|hab|lek|ks|gen|kpt|ok|ds|im|zob|por|pt|ang|niem|fr|łac|woj|pow|gm|tel|ur|zm|maks|max|dot|ww|jw|cdn?|red|wyd|p\.n\.e|n\.e|n\.p\.m|sp\. z o\.o|vs|św\. p|b\.r|br|ub\.r|m\.st|mec|dyr|wys|szer|dł|śr)\.|(?:nr|dr)\.?|mgr|płk|wg|vs|(?<!\d\s?)(?:os|godz|min|tys)\.|(?<!\d\s?)(?:mln|mld))(?!\w)", RegexOptions.IgnoreCase)]
    private static partial Regex Plain();
}
