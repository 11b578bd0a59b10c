using System.Globalization;
using System.Text.RegularExpressions;

namespace Jarvis.Infrastructure.Common;

/// <summary>Detects English or Polish by letters and common words; English if undecided.</summary>
internal static partial class PromptLanguage
{
    public static CultureInfo English { get; } = CultureInfo.GetCultureInfo("en-GB");

    public static CultureInfo Polish { get; } = CultureInfo.GetCultureInfo("pl-PL");

    // Words that only one of the languages has: "to", "do" and "i" exist in both.
    private static readonly HashSet<string> PolishWords =
    [
        "jak", "jaki", "jaka", "jakie", "jest", "jestem", "nie", "tak", "czy", "co", "kto", "gdzie", "kiedy", "kogo", "komu", "czego", "mam",
        "masz", "ma", "moja", "moje", "mojego", "mojej", "moim", "nazywa", "nazywam", "mieszkam", "lubi", "lubisz", "pies", "kot", "ale", "jego",
        "jej", "oraz", "bardzo", "dla", "ile", "czemu", "dlaczego", "pracuje", "powiedz", "przypomnij", "hej", "witaj", "sie", "w", "na", "z", "psa", "kota",
        "o", "mnie", "napisz", "zaplanuj", "podaj", "opowiedz", "zaproponuj", "prosze", "dzieki", "dziekuje", "wiesz", "pamietasz",
    ];

    private static readonly HashSet<string> EnglishWords =
    [
        "the", "is", "are", "was", "my", "what", "who", "where", "when", "which", "how", "why", "and", "you", "your", "does", "did", "have", "has",
        "called", "name", "live", "like", "this", "that", "it", "of", "in", "am", "an", "for", "with", "about", "tell", "me", "hello",
    ];

    public static CultureInfo Detect(string prompt)
    {
        var (polish, english) = (0, 0);
        foreach (var match in Words.EnumerateMatches(prompt))
        {
            var word = prompt.Substring(match.Index, match.Length).ToLowerInvariant();
            polish += PolishWords.Contains(word) ? 1 : 0;
            // A Polish name in an English sentence has these letters too, but starts with a capital letter.
            polish += char.IsLower(prompt[match.Index]) && PolishLetters.IsMatch(word) ? 2 : 0;
            english += EnglishWords.Contains(word) ? 1 : 0;
        }

        // A prompt with Polish letters and no English word is Polish, whatever its first letter.
        return polish > english || (english == 0 && PolishLetters.IsMatch(prompt)) ? Polish : English;
    }

    [GeneratedRegex(@"\p{L}+")]
    private static partial Regex Words { get; }

    [GeneratedRegex("[ąćęłńśźż]", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex PolishLetters { get; }
}
