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

    public async Task<IReadOnlyList<MemoryHit>> SearchAsync(MemoryQuery query, CancellationToken cancellationToken)
    {
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
        var items = itemIds.Length == 0 ? [] : await db.MemoryItems.OwnedBy(query.User).AsNoTracking()
            .Where(item => itemIds.Contains(item.Id) && item.ValidTo == null)
            .ToDictionaryAsync(item => item.Id.Value, cancellationToken);
        var turns = turnIds.Length == 0 ? [] : await db.Turns.OwnedBy(query.User).AsNoTracking()
            .Where(turn => turnIds.Contains(turn.Id) && turn.Recallable)
            .ToDictionaryAsync(turn => turn.Id.Value, cancellationToken);

        // A turn whose fact is given already would say it twice.
        var told = items.Values.Select(item => item.SourceTurnId).ToHashSet();

        return
        [
            .. ranked.Select(match => match switch
            {
                { MemoryItemId: { } id } when items.TryGetValue(id, out var item) => Hit(item, match.Score),
                { TurnId: { } id } when turns.TryGetValue(id, out var turn) && !told.Contains(turn.Id) && !Question.Is(turn.Prompt) =>
                    Hit(turn, match.Score),
                _ => null,
            }).OfType<MemoryHit>().OrderByDescending(hit => hit.Score),
        ];
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
