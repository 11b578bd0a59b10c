using System.Runtime.CompilerServices;
using Jarvis.Application.Common;
using Jarvis.Application.Memories;
using Jarvis.Domain.Accounts;
using Jarvis.Domain.Conversations;
using Jarvis.Domain.Memories;
using Jarvis.Infrastructure.Persistence;
using Microsoft.EntityFrameworkCore;

namespace Jarvis.Infrastructure.MemorySearch;

/// <summary>Search by words, in one round trip: an answer waits for it.</summary>
internal sealed class LexicalMemorySearch(JarvisDbContext db, ITermIndex index) : IMemorySearch
{
    private const int Candidates = 60;
    private const int OverviewItems = 20;

    /// <summary>
    /// In the place of an item that has ended, what took its place: "Where do I live?" finds "I moved to Perth" by it. UNION, not
    /// UNION ALL: it would end even if items went round in a circle.
    /// </summary>
    private const string Current =
        """
        , lineage (document, item, next) AS (
            SELECT ranked.id, item.id, item.superseded_by
            FROM ranked JOIN memory_items AS item ON item.id = ranked.memory_item_id AND item.user_id = {0}
            UNION
            SELECT lineage.document, item.id, item.superseded_by
            FROM lineage JOIN memory_items AS item ON item.id = lineage.next AND item.user_id = {0})
        SELECT ranked.turn_id, lineage.item AS memory_item_id, ranked.terms, ranked.score
        FROM ranked LEFT JOIN lineage ON lineage.document = ranked.id AND lineage.next IS NULL
        """;

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

        var found = await FindAsync(query.User, gate.Terms, cancellationToken);
        var hits = Hits(found.Where(row => gate.Passes(row.Match.Terms)), [.. query.Except]);

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

        return [.. items.Select(item => Hit(item, score: 1))];
    }

    private Task<List<Found>> FindAsync(UserId user, IEnumerable<string> terms, CancellationToken cancellationToken)
    {
        var statement = "WITH RECURSIVE " + index.Ranked + Current;
        var matches = db.Set<SearchMatch>().FromSql(
            FormattableStringFactory.Create(statement, user.Value, index.Parameter(terms, user.Value), Candidates));
        var items = db.MemoryItems.OwnedBy(user);

        // Only what was answered: a turn is indexed before.
        var turns = db.Turns.OwnedBy(user).Where(turn => turn.Status == TurnStatus.Completed && turn.Recallable);
        var found =
            from match in matches
            join item in items.Where(item => item.ValidTo == null) on match.MemoryItemId equals (MemoryItemId?)item.Id into itemsOfMatch
            from item in itemsOfMatch.DefaultIfEmpty()
            join turn in turns on match.TurnId equals (TurnId?)turn.Id into turnsOfMatch
            from turn in turnsOfMatch.DefaultIfEmpty()
            select new Found(match, item, turn, turn != null && items.Any(learned => learned.SourceTurnId == turn.Id && learned.ValidTo != null));

        return found.AsNoTracking().ToListAsync(cancellationToken);
    }

    private static IEnumerable<MemoryHit> Hits(IEnumerable<Found> relevant, HashSet<TurnId> except)
    {
        var rows = relevant.ToList();
        var told = rows.Select(row => row.Item?.SourceTurnId).OfType<TurnId>().ToHashSet();
        var items = rows.Where(row => row.Item is not null).Select(row => Hit(row.Item!, row.Match.Score));

        // A turn from which an item was learned is told by the item, and told wrongly where the item has ended since.
        var turns = rows
            .Where(row => row.Turn is { } turn && !row.HasEnded && !told.Contains(turn.Id) && !except.Contains(turn.Id) && !Question.Is(turn.Prompt))
            .Select(row => Hit(row.Turn!, row.Match.Score));

        return items.Concat(turns).OrderByDescending(hit => hit.Score).DistinctBy(hit => (hit.Item, hit.Turn));
    }

    private static MemoryHit Hit(MemoryItem item, double score) => new(
        MemorySource.Memory,
        item.Id,
        item.SourceTurnId,
        item.ConversationId,
        ExternalId: null,
        item.Content,
        Ranking.OfItem(score, item.Salience, item.Pinned),
        item.ValidFrom)
    {
        Kind = item.Kind,
        ValidTo = item.ValidTo,
    };

    private static MemoryHit Hit(Turn turn, double score) => new(
        MemorySource.Turn,
        Item: null,
        turn.Id,
        turn.ConversationId,
        turn.ExternalId,
        turn.Prompt,
        score,
        turn.Timestamp);

    private sealed record Found(SearchMatch Match, MemoryItem? Item, Turn? Turn, bool HasEnded);
}
