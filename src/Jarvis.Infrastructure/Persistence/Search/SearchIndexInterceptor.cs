using Jarvis.Domain.Common;
using Jarvis.Domain.Conversations;
using Jarvis.Domain.Memories;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Jarvis.Infrastructure.Persistence.Search;

/// <summary>
/// Updates the search index in the same transaction. A turn is indexed when the user asks it, although a search finds it only after it
/// is answered, so completing an answer remains one statement. Its answer is indexed when memory processes the turn. An item is
/// indexed when it is learned. The database deletes documents together with their turn or item.
/// </summary>
internal sealed class SearchIndexInterceptor : SaveChangesInterceptor
{
    public override async ValueTask<InterceptionResult<int>> SavingChangesAsync(
        DbContextEventData eventData,
        InterceptionResult<int> result,
        CancellationToken cancellationToken = default)
    {
        var context = eventData.Context!;
        context.ChangeTracker.DetectChanges();
        var remembered = new List<Turn>();
        foreach (var entry in context.ChangeTracker.Entries().ToList())
        {
            switch (entry)
            {
                case { Entity: Turn { Recallable: true } turn, State: EntityState.Added }:
                    context.Add(SearchDocument.ForTurn(turn));
                    break;
                case { Entity: Turn { Recallable: true } turn } when IsRemembered(entry):
                    remembered.Add(turn);
                    break;
                case { Entity: Turn { Recallable: true } turn } when IsRetried(entry):
                    await IndexIfMissingAsync(context, turn, cancellationToken);
                    break;
                case { Entity: MemoryItem item, State: EntityState.Added }:
                    context.Add(SearchDocument.ForItem(item));
                    break;
                case { Entity: MemoryItem item, State: EntityState.Modified } when entry.Property(nameof(MemoryItem.Content)).IsModified:
                    var indexed = await context.Set<SearchDocument>().SingleAsync(row => row.UserId == item.UserId && row.MemoryItemId == item.Id, cancellationToken);
                    indexed.Index(item);
                    break;
            }
        }

        await IndexWholeAsync(context, remembered, cancellationToken);

        return result;
    }

    private static async Task IndexWholeAsync(DbContext context, List<Turn> turns, CancellationToken cancellationToken)
    {
        if (turns.Count == 0)
        {
            return;
        }

        TurnId?[] ids = [.. turns.Select(turn => (TurnId?)turn.Id)];
        var documents = await context.Set<SearchDocument>().Where(row => row.UserId == turns[0].UserId && ids.Contains(row.TurnId)).ToListAsync(cancellationToken);
        documents.ForEach(document => document.Index(turns.Single(turn => turn.Id == document.TurnId)));
    }

    // Earlier versions indexed a turn only with its answer, so a failed turn may have no document.
    private static async Task IndexIfMissingAsync(DbContext context, Turn turn, CancellationToken cancellationToken)
    {
        if (!await context.Set<SearchDocument>().AnyAsync(row => row.UserId == turn.UserId && row.TurnId == turn.Id, cancellationToken))
        {
            context.Add(SearchDocument.ForTurn(turn));
        }
    }

    private static bool IsRemembered(EntityEntry entry) =>
        entry.State == EntityState.Modified && entry.Property(nameof(Turn.RememberedAt)) is { IsModified: true, OriginalValue: null };

    private static bool IsRetried(EntityEntry entry)
    {
        var status = entry.Property(nameof(Turn.Status));

        return entry.State == EntityState.Modified && Equals(status.OriginalValue, TurnStatus.Failed) && Equals(status.CurrentValue, TurnStatus.Pending);
    }
}
