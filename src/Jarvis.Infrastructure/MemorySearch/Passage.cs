namespace Jarvis.Infrastructure.MemorySearch;

/// <summary>A stretch of what was said, short enough to be given whole: what search compares and gives.</summary>
/// <param name="IsAnswer">Jarvis said it.</param>
/// <param name="Words">Those that say something, in their order.</param>
/// <param name="Start">Where it begins in the whole; it ends before End.</param>
internal sealed record Passage(SearchMatch Of, bool IsAnswer, int Start, int End, string Text, List<Word> Words)
{
    private const int MaxLength = 500;

    /// <summary>What a person reads in a breath or two; longer texts are cut between paragraphs, sentences, or at least words.</summary>
    private const int CutAt = 400;

    /// <summary>Higher is better; comparable within one search only.</summary>
    public double Score { get; init; }

    public static IEnumerable<Passage> In(SearchMatch match) => In(match, match.Said, isAnswer: false).Concat(In(match, match.Answered, isAnswer: true));

    private static IEnumerable<Passage> In(SearchMatch match, string text, bool isAnswer)
    {
        var start = 0;
        while (text.Length - start > MaxLength)
        {
            var end = CutIn(text, start);
            yield return Cut(match, text, start, end, isAnswer);
            start = end;
        }

        if (start < text.Length)
        {
            yield return Cut(match, text, start, text.Length, isAnswer);
        }
    }

    private static Passage Cut(SearchMatch match, string text, int start, int end, bool isAnswer) =>
        new(match, isAnswer, start, end, text[start..end].Trim(), Terms.Words(text.AsSpan(start, end - start)));

    private static int CutIn(string text, int start)
    {
        var stretch = text.AsSpan(start, CutAt);
        var least = CutAt / 4;
        foreach (var end in (ReadOnlySpan<string>)["\n\n", "\n", ". ", "! ", "? ", " "])
        {
            if (stretch.LastIndexOf(end, StringComparison.Ordinal) is var at && at >= least)
            {
                return start + at + end.Length;
            }
        }

        // Not between the halves of one character.
        return start + CutAt - (char.IsHighSurrogate(text[start + CutAt - 1]) ? 1 : 0);
    }
}
