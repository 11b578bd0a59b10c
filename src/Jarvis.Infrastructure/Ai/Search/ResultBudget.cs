using Jarvis.Application.Memories;
using Jarvis.Domain.Common;
using Jarvis.Domain.Conversations;
using Jarvis.Domain.Memories;

namespace Jarvis.Infrastructure.Ai.Search;

internal static class ResultBudget
{
    /// <summary>The best first, and as many as fit; one that is too long for what is left gives way to shorter ones.</summary>
    public static IReadOnlyList<MemoryHit> Trim(IEnumerable<Passage> ranked, int budgetChars)
    {
        var left = budgetChars;
        var given = new List<List<Passage>>();
        foreach (var passage in ranked)
        {
            // It costs no less than its own text, which is known sooner than what joins it to the others.
            if (passage.Text.Length > left)
            {
                continue;
            }

            var hit = given.Find(passages => passages[0].Of == passage.Of) ?? [];
            var cost = PassageFormatter.Format([.. hit, passage]).Length - PassageFormatter.Format(hit).Length;
            if (cost > left)
            {
                continue;
            }

            left -= cost;
            hit.Add(passage);
            if (hit.Count == 1)
            {
                given.Add(hit);
            }

            if (left < PassageFormatter.MinLength)
            {
                break;
            }
        }

        return [.. given.Select(Hit)];
    }

    private static MemoryHit Hit(List<Passage> passages)
    {
        var match = passages[0].Of;

        return new MemoryHit(
            match.IsItem ? MemoryProvenance.Memory : MemoryProvenance.Turn,
            match.IsItem ? MemoryItemId.From(match.Id) : null,
            match.TurnId is { } turn ? TurnId.From(turn) : null,
            match.ConversationId is { } conversation ? ConversationId.From(conversation) : null,
            match.ExternalId,
            PassageFormatter.Format(passages),
            passages.Max(passage => passage.Score),
            match.At)
        {
            Text = PassageFormatter.FormatTurn(passages),
            Kind = match.Kind is { } kind ? Enum.Parse<MemoryKind>(kind, ignoreCase: true) : null,
            ValidTo = match.Until,
        };
    }
}
