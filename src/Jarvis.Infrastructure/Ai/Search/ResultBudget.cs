using Jarvis.Application.Memories;
using Jarvis.Domain.Common;
using Jarvis.Domain.Conversations;
using Jarvis.Domain.Memories;
using Jarvis.Infrastructure.Persistence.Search.Tokenization;

namespace Jarvis.Infrastructure.Ai.Search;

internal static class ResultBudget
{
    /// <summary>Selects as many passages as fit, best first. It skips a passage that is too long and continues with shorter ones.</summary>
    public static IReadOnlyList<MemoryHit> Trim(IEnumerable<Passage> ranked, int budgetChars)
    {
        var remaining = budgetChars;
        var hits = new List<List<Passage>>();
        foreach (var passage in ranked)
        {
            // A passage costs at least its own text, which is cheaper to check than the formatted result.
            if (passage.Text.Length > remaining)
            {
                continue;
            }

            var hit = hits.Find(passages => passages[0].Of == passage.Of) ?? [];
            var cost = PassageFormatter.Format([.. hit, passage]).Length - PassageFormatter.Format(hit).Length;
            if (cost > remaining)
            {
                continue;
            }

            remaining -= cost;
            hit.Add(passage);
            if (hit.Count == 1)
            {
                hits.Add(hit);
            }

            if (remaining < PassageFormatter.MinLength)
            {
                break;
            }
        }

        return [.. hits.Select(ToHit)];
    }

    private static MemoryHit ToHit(List<Passage> passages)
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
