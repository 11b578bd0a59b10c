using System.Text;
using Jarvis.Domain.Common;

namespace Jarvis.Application.Memories;

/// <summary>Detects contents that are equal apart from a few words. Used without an embedding model.</summary>
internal sealed class NearDuplicateDetector
{
    /// <summary>
    /// Minimum overlap. High, because the differing words may matter: "I like red wine" and "I like white wine" share three of five
    /// words.
    /// </summary>
    private const double Threshold = 0.9;

    private static readonly HashSet<string> FillerWords =
    [
        "a", "an", "the", "really", "very", "also", "too", "now", "currently", "please",
        "bardzo", "naprawde", "tez", "takze", "teraz", "obecnie", "aktualnie", "prosze",
    ];

    private static readonly HashSet<string> Negations = ["not", "no", "never", "don", "doesn", "isn", "without", "nie", "nigdy", "bez"];

    private readonly HashSet<string> words;
    private readonly string[] longest;

    public NearDuplicateDetector(string content)
    {
        words = SplitWords(content);

        // A near duplicate can lack fewer words than this.
        longest = [.. words.OrderByDescending(word => word.Length).Take(1 + (int)Math.Ceiling(words.Count * (1 - Threshold)))];
    }

    public bool IsDuplicate(string other)
    {
        if (CannotMatch(other))
        {
            return false;
        }

        var others = SplitWords(other);
        var shared = words.Count(others.Contains);
        var all = words.Count + others.Count - shared;
        others.SymmetricExceptWith(words);

        return all > 0 && shared >= Threshold * all && !others.Any(ChangesMeaning);
    }

    // Compares with all memories of a person, so a cheap check rejects most of them before tokenizing.
    private bool CannotMatch(string other) =>
        Ascii.IsValid(other) && !Array.Exists(longest, word => other.Contains(word, StringComparison.OrdinalIgnoreCase));

    // A number or a negation in only one of the texts changes the meaning, however long the rest is.
    private static bool ChangesMeaning(string word) => word.Any(char.IsDigit) || Negations.Contains(word);

    private static HashSet<string> SplitWords(string text) => text.SplitFoldedWords().Except(FillerWords).ToHashSet();
}
