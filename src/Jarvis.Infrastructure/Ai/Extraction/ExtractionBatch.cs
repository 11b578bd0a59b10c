using Jarvis.Application.Memories;
using Jarvis.Domain.Common;

namespace Jarvis.Infrastructure.Ai.Extraction;

/// <summary>
/// What one call of a small model can take in: a few turns, or a piece of a long one, the known memories that bear on them,
/// and the summary so far.
/// </summary>
/// <param name="Known">In the order of their numbers, which count from 1.</param>
internal sealed record ExtractionBatch(IReadOnlyList<ExtractionTurn> Turns, IReadOnlyList<KnownMemory> Known)
{
    /// <summary>With everything else about 3,500 tokens, Polish included: half of a window of 8,192, and nearly all of 4,096.</summary>
    private const int PromptChars = 4_000;
    private const int ResponseChars = 400;
    private const int KnownChars = 2_000;

    public static IEnumerable<ExtractionBatch> Create(ExtractionInput input)
    {
        var turns = new List<ExtractionTurn>();
        var chars = 0;
        foreach (var piece in input.Turns.SelectMany(Split))
        {
            if (turns.Count > 0 && chars + piece.Said.Length > PromptChars)
            {
                yield return new ExtractionBatch(turns, RelevantTo(turns, input.Known));
                (turns, chars) = ([], 0);
            }

            turns.Add(piece);
            chars += piece.Said.Length + ResponseChars;
        }

        if (turns.Count > 0)
        {
            yield return new ExtractionBatch(turns, RelevantTo(turns, input.Known));
        }
    }

    private static IEnumerable<ExtractionTurn> Split(ExtractionTurn turn)
    {
        var answered = TruncateAtWord(turn.Answered, ResponseChars);
        for (var said = turn.Said; said.Length > 0;)
        {
            var piece = TruncateAtWord(said, PromptChars);
            said = said[piece.Length..];

            yield return turn with { Said = piece, Answered = answered };
        }
    }

    private static string TruncateAtWord(string text, int length)
    {
        if (text.Length <= length)
        {
            return text;
        }

        var cut = text.LastIndexOfAny([' ', '\n'], length - 1) + 1;
        cut = cut > length / 2 ? cut : length;

        return text.Truncate(cut);
    }

    // The most words in common first, then the newest, as they come.
    private static List<KnownMemory> RelevantTo(List<ExtractionTurn> turns, IReadOnlyList<KnownMemory> known)
    {
        var said = turns.SelectMany(turn => WordForms.Tokenize(turn.Said)).ToHashSet();
        var bearing = new List<KnownMemory>();
        var left = KnownChars;
        foreach (var memory in known.OrderByDescending(memory => WordForms.Tokenize(memory.Content).Distinct().Count(word => word.Length > 3 && said.Contains(word))))
        {
            left -= memory.Content.Length;
            if (left < 0)
            {
                break;
            }

            bearing.Add(memory);
        }

        return bearing;
    }
}
