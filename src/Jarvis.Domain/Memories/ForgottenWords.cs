namespace Jarvis.Domain.Memories;

/// <summary>The words of something that is to be forgotten, to find where else it is told. They live only while it is forgotten.</summary>
public sealed class ForgottenWords
{
    /// <summary>Rather a sentence too few in a summary than one that was to be forgotten.</summary>
    private const double Share = 0.5;
    private const int FewestInATurn = 2;
    private const int ShortestWord = 3;

    private readonly HashSet<string> words;

    private ForgottenWords(HashSet<string> words) => this.words = words;

    /// <summary>The one that fewest texts have, as far as length tells; null where there is none.</summary>
    public string? Longest => words.MaxBy(word => word.Length);

    public static ForgottenWords Of(string content) => new(WordsOf(content));

    /// <summary>Whether that sentence tells it, be it in other words.</summary>
    public bool AreIn(string sentence) => SharedWith(sentence) is > 0 and var shared && shared >= words.Count * Share;

    /// <summary>
    /// Whether somebody said it in that text. Stricter than <see cref="AreIn"/>: a turn may tell much else, and one word in common
    /// is no reason to lose it.
    /// </summary>
    public bool WereSaidIn(string text) => text.Split(SentenceEnds).Any(sentence => SharedWith(sentence) >= Enough);

    private static readonly char[] SentenceEnds = ['.', '!', '?', '\n'];

    private double Enough => Math.Max(Math.Min(FewestInATurn, Math.Max(words.Count, 1)), words.Count * Share);

    private int SharedWith(string text) => WordsOf(text).Count(words.Contains);

    // Short words are the same in every sentence.
    private static HashSet<string> WordsOf(string text) =>
        [.. text.ToUpperInvariant().Split([.. text.Where(character => !char.IsLetterOrDigit(character))]).Where(word => word.Length >= ShortestWord)];
}
