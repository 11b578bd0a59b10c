namespace Jarvis.Application.Memories;

/// <summary>Whether two contents say the same in nearly the same words, where there is no embedding to ask.</summary>
internal static class NearRepeat
{
    /// <summary>
    /// High, because words that differ may be the point: "I like red wine" and "I like white wine" share three of five.
    /// </summary>
    private const double Threshold = 0.9;

    public static bool Is(string one, string other)
    {
        var words = WordsOf(one);
        var others = WordsOf(other);
        var shared = words.Count(others.Contains);
        var all = words.Count + others.Count - shared;

        return all > 0 && shared >= Threshold * all;
    }

    private static HashSet<string> WordsOf(string text)
    {
        var separators = text.Where(character => !char.IsLetterOrDigit(character)).Distinct().ToArray();

        return [.. text.ToLowerInvariant().Split(separators, StringSplitOptions.RemoveEmptyEntries)];
    }
}
