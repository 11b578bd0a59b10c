using Jarvis.Infrastructure.Persistence.Search;
using Jarvis.Infrastructure.Persistence.Search.Tokenization;

namespace Jarvis.Infrastructure.Ai.Search;

/// <summary>A section of a turn or an item that search compares and returns as a whole.</summary>
/// <param name="IsAnswer">True if the section is part of an answer.</param>
/// <param name="Words">Words in order, without stop words.</param>
/// <param name="Start">Start within the text; End is exclusive.</param>
internal sealed record Passage(SearchRow Of, bool IsAnswer, int Start, int End, string Text, List<Token> Words)
{
    private const int MaxLength = 500;

    /// <summary>Length at which longer texts are split, preferably between paragraphs, sentences or words.</summary>
    private const int TargetLength = 400;

    /// <summary>Score of the passage. Higher is better. Only scores of one search are comparable.</summary>
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
        var section = text.AsSpan(start, TargetLength);
        var least = TargetLength / 4;
        foreach (var end in (ReadOnlySpan<string>)["\n\n", "\n", ". ", "! ", "? ", " "])
        {
            if (section.LastIndexOf(end, StringComparison.Ordinal) is var at && at >= least)
            {
                return start + at + end.Length;
            }
        }

        // Never splits a surrogate pair.
        return start + TargetLength - (char.IsHighSurrogate(text[start + TargetLength - 1]) ? 1 : 0);
    }
}
