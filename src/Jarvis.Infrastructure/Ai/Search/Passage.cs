namespace Jarvis.Infrastructure.Ai.Search;

/// <summary>A stretch of what was said, short enough to be given whole: what search compares and gives.</summary>
/// <param name="IsAnswer">Jarvis said it.</param>
/// <param name="Words">Those that say something, in their order.</param>
/// <param name="Start">Where it begins in the whole; it ends before End.</param>
internal sealed record Passage(SearchRow Of, bool IsAnswer, int Start, int End, string Text, List<Token> Words)
{
    private const int MaxLength = 500;

    /// <summary>What a person reads in a breath or two; longer texts are cut between paragraphs, sentences, or at least words.</summary>
    private const int CutAt = 400;

    /// <summary>Higher is better; comparable within one search only.</summary>
    public double Score { get; init; }

    public static IEnumerable<Passage> FindAll(SearchRow match) => FindAll(match, match.Prompt, isAnswer: false).Concat(FindAll(match, match.Response, isAnswer: true));

    private static IEnumerable<Passage> FindAll(SearchRow match, string text, bool isAnswer)
    {
        var start = 0;
        while (text.Length - start > MaxLength)
        {
            var end = SplitAt(text, start);
            yield return Truncate(match, text, start, end, isAnswer);
            start = end;
        }

        if (start < text.Length)
        {
            yield return Truncate(match, text, start, text.Length, isAnswer);
        }
    }

    private static Passage Truncate(SearchRow match, string text, int start, int end, bool isAnswer) =>
        new(match, isAnswer, start, end, text[start..end].Trim(), Tokenizer.Words(text.AsSpan(start, end - start)));

    private static int SplitAt(string text, int start)
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
