namespace Jarvis.Domain.Memories;

/// <summary>The words of something that is to be forgotten, to find where else it is told. They live only while it is forgotten.</summary>
public sealed class ForgottenTextMatcher
{
    /// <summary>Rather a sentence too few in a summary than one that was to be forgotten.</summary>
    private const double MinSharedRatio = 0.5;
    private const int MinWordsPerTurn = 2;
    private const int MinWordLength = 3;

    private readonly HashSet<string> words;

    private ForgottenTextMatcher(HashSet<string> words) => this.words = words;

    /// <summary>The one that fewest texts have, as far as length tells; null where there is none.</summary>
    public string? LongestWords => words.MaxBy(word => word.Length);

    public static ForgottenTextMatcher Create(string content) => new(SplitWords(content));

    /// <summary>Whether that sentence tells it, be it in other words.</summary>
    public bool MatchesSentence(string sentence) => CountShared(sentence) is > 0 and var shared && shared >= words.Count * MinSharedRatio;

    /// <summary>
    /// Whether somebody said it in that text. Stricter than <see cref="MatchesSentence"/>: a turn may tell much else, and one word in common
    /// is no reason to lose it.
    /// </summary>
    public bool MatchesText(string text) => text.Split(SentenceEndPattern).Any(sentence => CountShared(sentence) >= HasEnoughOverlap);

    private static readonly char[] SentenceEndPattern = ['.', '!', '?', '\n'];

    private double HasEnoughOverlap => Math.Max(Math.Min(MinWordsPerTurn, Math.Max(words.Count, 1)), words.Count * MinSharedRatio);

    private int CountShared(string text) => SplitWords(text).Count(words.Contains);

    // Short words are the same in every sentence.
    private static HashSet<string> SplitWords(string text) =>
        [.. text.ToUpperInvariant().Split([.. text.Where(character => !char.IsLetterOrDigit(character))]).Where(word => word.Length >= MinWordLength)];
}
