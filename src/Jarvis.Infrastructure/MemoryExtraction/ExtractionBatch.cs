using Jarvis.Application.Memories;

namespace Jarvis.Infrastructure.MemoryExtraction;

/// <summary>
/// What one call of a small model can take in: a few turns, or a piece of a long one, the known memories that bear on them,
/// and the summary so far.
/// </summary>
/// <param name="Known">In the order of their numbers, which count from 1.</param>
internal sealed record ExtractionBatch(IReadOnlyList<SaidTurn> Turns, IReadOnlyList<KnownMemory> Known)
{
    /// <summary>With everything else about 3,500 tokens, Polish included: half of a window of 8,192, and nearly all of 4,096.</summary>
    private const int SaidChars = 4_000;
    private const int AnsweredChars = 400;
    private const int KnownChars = 2_000;

    public static IEnumerable<ExtractionBatch> Of(ExtractionInput input)
    {
        var turns = new List<SaidTurn>();
        var chars = 0;
        foreach (var piece in input.Turns.SelectMany(PiecesOf))
        {
            if (turns.Count > 0 && chars + piece.Said.Length > SaidChars)
            {
                yield return new ExtractionBatch(turns, BearingOn(turns, input.Known));
                (turns, chars) = ([], 0);
            }

            turns.Add(piece);
            chars += piece.Said.Length + AnsweredChars;
        }

        if (turns.Count > 0)
        {
            yield return new ExtractionBatch(turns, BearingOn(turns, input.Known));
        }
    }

    private static IEnumerable<SaidTurn> PiecesOf(SaidTurn turn)
    {
        var answered = Cut(turn.Answered, AnsweredChars);
        for (var said = turn.Said; said.Length > 0;)
        {
            var piece = Cut(said, SaidChars);
            said = said[piece.Length..];

            yield return turn with { Said = piece, Answered = answered };
        }
    }

    private static string Cut(string text, int length)
    {
        if (text.Length <= length)
        {
            return text;
        }

        var cut = text.LastIndexOfAny([' ', '\n'], length - 1) + 1;
        cut = cut > length / 2 ? cut : length;
        cut -= char.IsHighSurrogate(text[cut - 1]) ? 1 : 0;

        return text[..cut];
    }

    // The most words in common first, then the newest, as they come.
    private static List<KnownMemory> BearingOn(List<SaidTurn> turns, IReadOnlyList<KnownMemory> known)
    {
        var said = turns.SelectMany(turn => WordForms.Of(turn.Said)).ToHashSet();
        var bearing = new List<KnownMemory>();
        var left = KnownChars;
        foreach (var memory in known.OrderByDescending(memory => WordForms.Of(memory.Content).Distinct().Count(word => word.Length > 3 && said.Contains(word))))
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
