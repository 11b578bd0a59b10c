using Jarvis.Application.Memories;
using Jarvis.Domain.Common;
using Jarvis.Infrastructure.Ai.Extraction.Rules;

namespace Jarvis.Infrastructure.Ai.Extraction.Llm;

/// <summary>
/// Input of one model call that fits a small context window: some turns or a part of a long one, and the known memories that are
/// relevant to them.
/// </summary>
/// <param name="Known">Known memories in the order of their numbers, from 1.</param>
internal sealed record ExtractionBatch(IReadOnlyList<ExtractionTurn> Turns, IReadOnlyList<KnownMemory> Known)
{
    /// <summary>
    /// Limit of the turns. The whole prompt then has about 3,500 tokens, also in Polish: half of an 8,192-token window, and nearly
    /// all of 4,096.
    /// </summary>
    private const int PromptChars = 4_000;
    private const int ResponseChars = 400;
    private const int KnownChars = 2_000;

    public static IEnumerable<ExtractionBatch> Create(ExtractionInput input)
    {
        var turns = new List<ExtractionTurn>();
        var chars = 0;
        foreach (var turn in input.Turns.SelectMany(Split))
        {
            if (turns.Count > 0 && chars + turn.UserText.Length > PromptChars)
            {
                yield return new ExtractionBatch(turns, RelevantTo(turns, input.Known));
                (turns, chars) = ([], 0);
            }

            turns.Add(turn);
            chars += turn.UserText.Length + ResponseChars;
        }

        if (turns.Count > 0)
        {
            yield return new ExtractionBatch(turns, RelevantTo(turns, input.Known));
        }
    }

    private static IEnumerable<ExtractionTurn> Split(ExtractionTurn turn)
    {
        var response = TruncateAtWord(turn.AssistantText, ResponseChars);
        for (var rest = turn.UserText; rest.Length > 0;)
        {
            var part = TruncateAtWord(rest, PromptChars);
            rest = rest[part.Length..];

            yield return turn with { UserText = part, AssistantText = response };
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

    // The memories with the most common words first; between equals, the newest.
    private static List<KnownMemory> RelevantTo(List<ExtractionTurn> turns, IReadOnlyList<KnownMemory> known)
    {
        var words = turns.SelectMany(turn => turn.UserText.SplitFoldedWords()).ToHashSet();
        var relevant = new List<KnownMemory>();
        var remaining = KnownChars;
        foreach (var memory in known.OrderByDescending(memory => memory.Content.SplitFoldedWords().Distinct().Count(word => word.Length > 3 && words.Contains(word))))
        {
            remaining -= memory.Content.Length;
            if (remaining < 0)
            {
                break;
            }

            relevant.Add(memory);
        }

        return relevant;
    }
}
