namespace Jarvis.Domain.Memories;

/// <summary>Finds other texts about a memory that is being forgotten. Its words exist only in memory, during the request.</summary>
public sealed class ForgottenTextMatcher
{
    /// <summary>Prefers false positives: a missing summary sentence is acceptable, a remaining forgotten one is not.</summary>
    private const double MinSharedRatio = 0.5;
    private const int MinWordsPerTurn = 2;
    private const int MinWordLength = 3;

    private readonly HashSet<string> words;

    private ForgottenTextMatcher(HashSet<string> words) => this.words = words;

    /// <summary>Longest word, which is likely to be the rarest; null if the content does not have words.</summary>
    public string? LongestWords => words.MaxBy(word => word.Length);

    public static ForgottenTextMatcher Create(string content) => new(SplitWords(content));

    /// <summary>Returns true if the sentence repeats or paraphrases the memory.</summary>
    public bool MatchesSentence(string sentence) => CountShared(sentence) is > 0 and var shared && shared >= words.Count * MinSharedRatio;

    /// <summary>
    /// Returns true if the text contains the memory. Stricter than <see cref="MatchesSentence"/>: a turn can have other content, and
    /// a single shared word is not a reason to exclude it.
    /// </summary>
    public bool MatchesText(string text) => text.Split(SentenceTerminators).Any(sentence => CountShared(sentence) >= MinSharedWords);

    private static readonly char[] SentenceTerminators = ['.', '!', '?', '\n'];

    private double MinSharedWords => Math.Max(Math.Min(MinWordsPerTurn, Math.Max(words.Count, 1)), words.Count * MinSharedRatio);

    private int CountShared(string text) => SplitWords(text).Count(words.Contains);

    // Short words are too common to identify a memory.
    private static HashSet<string> SplitWords(string text) =>
        [.. text.ToUpperInvariant().Split([.. text.Where(character => !char.IsLetterOrDigit(character))]).Where(word => word.Length >= MinWordLength)];
}
