using Jarvis.Application.Common;
using Jarvis.Application.Memories;
using Jarvis.Domain.Accounts;
using Jarvis.Domain.Conversations;
using Jarvis.Domain.Memories;
using Jarvis.Infrastructure.Persistence;
using Microsoft.EntityFrameworkCore;

namespace Jarvis.Infrastructure.MemorySearch;

/// <summary>Lexical search by SQLite's FTS5, ranked by its <c>bm25()</c>.</summary>
internal sealed class SqliteMemorySearch(JarvisDbContext db) : IMemorySearch
{
    private const int Candidates = 60;
    private const int OverviewItems = 20;

    public async Task<IReadOnlyList<MemoryHit>> SearchAsync(MemoryQuery query, CancellationToken cancellationToken)
    {
        if (OverviewQuestion.Is(query.Text))
        {
            return RecallBudget.Fill(await OverviewAsync(query.User, cancellationToken), query.BudgetChars);
        }

        var gate = RelevanceGate.For(query.Text);
        if (gate.IsClosed)
        {
            return [];
        }

        var ranked = (await MatchesAsync(query.User, gate, cancellationToken))
            .Where(match => gate.Passes(match.Terms))
            .ToList();
        var hits = await LoadAsync(query, ranked, cancellationToken);

        return RecallBudget.Fill(hits, query.BudgetChars);
    }

    private async Task<List<MemoryHit>> OverviewAsync(UserId user, CancellationToken cancellationToken)
    {
        var items = await db.MemoryItems.OwnedBy(user).AsNoTracking()
            .Where(item => item.ValidTo == null)
            .OrderByDescending(item => item.Pinned)
            .ThenByDescending(item => item.Salience)
            .ThenByDescending(item => item.Id)
            .Take(OverviewItems)
            .ToListAsync(cancellationToken);

        return [.. items.Select(item => Hit(item, Ranking.OfItem(1, item.Salience, item.Pinned)))];
    }

    // The owner is a term of the index: others' documents are not even candidates.
    private async Task<List<Match>> MatchesAsync(UserId user, RelevanceGate gate, CancellationToken cancellationToken)
    {
        var match = $"owner : {user.Value:N} AND terms : ({string.Join(" OR ", gate.Terms.Select(term => $"\"{term}\""))})";

        return await db.Database.SqlQuery<Match>(
            $"""
            SELECT document.turn_id, document.memory_item_id, document.terms, -bm25(search_index, 0.0, 1.0) AS score
            FROM search_index JOIN search_documents AS document ON document.id = search_index.rowid
            WHERE search_index MATCH {match} AND document.user_id = {user.Value}
            ORDER BY score DESC
            LIMIT {Candidates}
            """).ToListAsync(cancellationToken);
    }

    private async Task<List<MemoryHit>> LoadAsync(MemoryQuery query, List<Match> ranked, CancellationToken cancellationToken)
    {
        var itemIds = ranked.Where(match => match.MemoryItemId is not null).Select(match => new MemoryItemId(match.MemoryItemId!.Value)).ToArray();
        var turnIds = ranked.Where(match => match.TurnId is not null).Select(match => new TurnId(match.TurnId!.Value)).Except(query.Except).ToArray();
        var items = await CurrentAsync(query.User, itemIds, cancellationToken);

        // A turn from which an item was learned is told by the item, and told wrongly where the item has ended since.
        var turns = turnIds.Length == 0 ? [] : await db.Turns.OwnedBy(query.User).AsNoTracking()
            .Where(turn => turnIds.Contains(turn.Id) && turn.Recallable)
            .Where(turn => !db.MemoryItems.OwnedBy(query.User).Any(item => item.SourceTurnId == turn.Id && (item.ValidTo != null || itemIds.Contains(item.Id))))
            .ToDictionaryAsync(turn => turn.Id.Value, cancellationToken);

        return
        [
            .. ranked.Select(match => match switch
            {
                { MemoryItemId: { } id } when items.TryGetValue(id, out var item) => Hit(item, match.Score),
                { TurnId: { } id } when turns.TryGetValue(id, out var turn) && !Question.Is(turn.Prompt) => Hit(turn, match.Score),
                _ => null,
            }).OfType<MemoryHit>().OrderByDescending(hit => hit.Score).DistinctBy(hit => (hit.Item, hit.Turn)),
        ];
    }

    /// <summary>The items by their ids; in the place of one that has ended, what took its place: "Where do I live?" finds "I moved to Perth" by it.</summary>
    private async Task<Dictionary<Guid, MemoryItem>> CurrentAsync(UserId user, MemoryItemId[] ids, CancellationToken cancellationToken)
    {
        var loaded = new Dictionary<MemoryItemId, MemoryItem>();
        for (var missing = ids; missing.Length > 0;)
        {
            var rows = await db.MemoryItems.OwnedBy(user).AsNoTracking().Where(item => missing.Contains(item.Id)).ToListAsync(cancellationToken);
            rows.ForEach(item => loaded[item.Id] = item);
            missing = [.. rows.Select(item => item.SupersededBy).OfType<MemoryItemId>().Where(next => !loaded.ContainsKey(next)).Distinct()];
        }

        var current = new Dictionary<Guid, MemoryItem>();
        foreach (var id in ids)
        {
            var item = loaded.GetValueOrDefault(id);
            while (item?.SupersededBy is { } next)
            {
                item = loaded.GetValueOrDefault(next);
            }

            if (item is { ValidTo: null })
            {
                current[id.Value] = item;
            }
        }

        return current;
    }

    private static MemoryHit Hit(MemoryItem item, double score) => new(
        MemorySource.Memory,
        item.Id,
        item.SourceTurnId,
        item.ConversationId,
        ExternalId: null,
        item.Content,
        Ranking.OfItem(score, item.Salience, item.Pinned),
        item.ValidFrom);

    private static MemoryHit Hit(Turn turn, double score) => new(
        MemorySource.Turn,
        Item: null,
        turn.Id,
        turn.ConversationId,
        turn.ExternalId,
        turn.Prompt,
        score,
        turn.Timestamp);

    private sealed record Match(Guid? TurnId, Guid? MemoryItemId, string Terms, double Score);
}
