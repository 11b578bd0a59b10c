using Jarvis.Domain.Conversations;
using Jarvis.Domain.Memories;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Jarvis.Infrastructure.MemorySearch;

/// <summary>
/// Keeps the search index in step, in the same transaction: a turn is indexed when it is asked, though found only once it is
/// answered, so that completing an answer stays one statement; an item is found from the moment it is learned. Only what the
/// person said is indexed of a turn, so that memory never finds its own echo. Deleting is the database's: documents go with
/// what they point to.
/// </summary>
internal sealed class SearchIndexing : SaveChangesInterceptor
{
    public override async ValueTask<InterceptionResult<int>> SavingChangesAsync(
        DbContextEventData eventData,
        InterceptionResult<int> result,
        CancellationToken cancellationToken = default)
    {
        var context = eventData.Context!;
        context.ChangeTracker.DetectChanges();
        foreach (var entry in context.ChangeTracker.Entries().ToList())
        {
            switch (entry)
            {
                case { Entity: Turn { Recallable: true } turn, State: EntityState.Added }:
                    context.Add(DocumentOf(turn));
                    break;
                case { Entity: Turn { Recallable: true } turn } when IsRetried(entry):
                    await IndexIfMissingAsync(context, turn, cancellationToken);
                    break;
                case { Entity: MemoryItem item, State: EntityState.Added }:
                    context.Add(new SearchDocument { UserId = item.UserId, MemoryItemId = item.Id, Terms = Terms.Of(item.Content) });
                    break;
                case { Entity: MemoryItem item, State: EntityState.Modified } when entry.Property(nameof(MemoryItem.Content)).IsModified:
                    var indexed = await context.Set<SearchDocument>().SingleAsync(row => row.UserId == item.UserId && row.MemoryItemId == item.Id, cancellationToken);
                    indexed.Terms = Terms.Of(item.Content);
                    break;
            }
        }

        return result;
    }

    // Turns that failed in earlier versions were to be indexed with their answer.
    private static async Task IndexIfMissingAsync(DbContext context, Turn turn, CancellationToken cancellationToken)
    {
        if (!await context.Set<SearchDocument>().AnyAsync(row => row.UserId == turn.UserId && row.TurnId == turn.Id, cancellationToken))
        {
            context.Add(DocumentOf(turn));
        }
    }

    private static SearchDocument DocumentOf(Turn turn) => new() { UserId = turn.UserId, TurnId = turn.Id, Terms = Terms.Of(turn.Prompt) };

    private static bool IsRetried(EntityEntry entry)
    {
        var status = entry.Property(nameof(Turn.Status));

        return entry.State == EntityState.Modified && Equals(status.OriginalValue, TurnStatus.Failed) && Equals(status.CurrentValue, TurnStatus.Pending);
    }
}
