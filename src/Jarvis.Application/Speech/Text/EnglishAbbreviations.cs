using System.Text.RegularExpressions;

namespace Jarvis.Application.Speech.Text;

/// <summary>Expands English abbreviations to words.</summary>
internal static partial class EnglishAbbreviations
{
    private static readonly Dictionary<string, string> Words = new(StringComparer.OrdinalIgnoreCase)
    {
        ["e.g."] = "for example", ["i.e."] = "that is", ["etc."] = "et cetera", ["vs."] = "versus", ["vs"] = "versus", ["approx."] = "approximately",
        ["ca."] = "about", ["cf."] = "compare", ["viz."] = "namely", ["dept."] = "department", ["est."] = "established", ["incl."] = "including",
        ["min."] = "minimum", ["max."] = "maximum", ["w/o"] = "without", ["w/"] = "with", ["ph.d."] = "PhD", ["a.k.a."] = "also known as",
        ["aka"] = "also known as", ["et al."] = "and others", ["mr."] = "Mister", ["mrs."] = "Missus", ["ms."] = "Miz", ["dr."] = "Doctor",
        ["prof."] = "Professor", ["rev."] = "Reverend", ["jr."] = "Junior", ["sr."] = "Senior", ["mt."] = "Mount", ["gen."] = "General",
        ["capt."] = "Captain", ["lt."] = "Lieutenant", ["sgt."] = "Sergeant",
    };

    private static readonly Dictionary<string, string> BeforeNumber = new(StringComparer.OrdinalIgnoreCase)
    {
        ["no."] = "number", ["nos."] = "numbers", ["fig."] = "figure", ["figs."] = "figures", ["p."] = "page", ["pp."] = "pages", ["vol."] = "volume",
        ["ch."] = "chapter", ["sec."] = "section", ["eq."] = "equation",
    };

    private static readonly Dictionary<string, string> Months = new()
    {
        ["Jan"] = "January", ["Feb"] = "February", ["Mar"] = "March", ["Apr"] = "April", ["Jun"] = "June", ["Jul"] = "July", ["Aug"] = "August",
        ["Sep"] = "September", ["Sept"] = "September", ["Oct"] = "October", ["Nov"] = "November", ["Dec"] = "December",
    };

    public static string Expand(string text)
    {
        var result = Month().Replace(text, month => Months[month.Groups[1].Value]);
        result = Numbered().Replace(result, found => BeforeNumber[found.Groups[1].Value] + " ");
        result = Saint().Replace(result, "Saint ");
        result = Street().Replace(result, "Street");
        result = Plain().Replace(result, found => Words[found.Value] + (found.Value.EndsWith('.') && IsLast(result, found) ? "." : ""));

        return Initials().Replace(result, initials => initials.Value.Replace(".", "", StringComparison.Ordinal) + (IsLast(result, initials) ? "." : ""));
    }

    // An abbreviation at the end of a sentence also ends the sentence, so its full stop stays.
    private static bool IsLast(string text, Match found) => text.AsSpan(found.Index + found.Length).Trim(" \"'”)»").IsEmpty;

    [GeneratedRegex(@"(?<!\w)(Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\.?(?=\s\d)")]
    private static partial Regex Month();

    [GeneratedRegex(@"(?<!\w)(nos?\.|figs?\.|pp?\.|vol\.|ch\.|sec\.|eq\.)\s?(?=\d)", RegexOptions.IgnoreCase)]
    private static partial Regex Numbered();

    [GeneratedRegex(@"(?<!\w)St\.\s(?=\p{Lu})")]
    private static partial Regex Saint();

    [GeneratedRegex(@"(?<=\p{Lu}\p{Ll}+\s)St\.(?=\s\p{Ll}|,|$)")]
    private static partial Regex Street();

    [GeneratedRegex(@"(?<![\w.])(?:e\.g\.|i\.e\.|et al\.|etc\.|vs\.?|approx\.|ca\.|cf\.|viz\.|dept\.|est\.|incl\.|min\.|max\.|w/o|w/|ph\.d\.|a\.k\.a\.|aka|mrs?\.|ms\.|dr\.|prof\.|rev\.|jr\.|sr\.|mt\.|gen\.|capt\.|lt\.|sgt\.)(?!\w)", RegexOptions.IgnoreCase)]
    private static partial Regex Plain();

    [GeneratedRegex(@"(?<![\w.])(?:\p{L}\.){2,}(?!\w)")]
    private static partial Regex Initials();
}
