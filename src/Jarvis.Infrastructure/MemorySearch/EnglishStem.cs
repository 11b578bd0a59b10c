namespace Jarvis.Infrastructure.MemorySearch;

/// <summary>Takes the common endings off an English word. Light on purpose: two words too many in one stem mislead more than two apart.</summary>
internal static class EnglishStem
{
    private const int MinStem = 3;
    private static readonly string[] Endings = ["ings", "ing", "edly", "ied", "ed", "ies", "es", "s", "ly"];

    public static string Of(string word)
    {
        var ending = Array.Find(Endings, ending => word.EndsWith(ending, StringComparison.Ordinal) && word.Length - ending.Length >= MinStem);
        if (ending is null || word.EndsWith("ss", StringComparison.Ordinal))
        {
            return TakeFinalE(word);
        }

        var stem = word[..^ending.Length];
        if (ending is "ies" or "ied")
        {
            return stem + "y";
        }

        // "running" and "run", but not "calling" and "cal".
        var doubled = stem.Length > MinStem && stem[^1] == stem[^2] && stem[^1] is not ('l' or 's' or 'z');

        return TakeFinalE(doubled ? stem[..^1] : stem);
    }

    // "live", "lives", "living" and "lived" meet without it.
    private static string TakeFinalE(string word) => word.Length > MinStem && word[^1] == 'e' ? word[..^1] : word;
}
