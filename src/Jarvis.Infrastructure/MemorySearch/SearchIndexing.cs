using Jarvis.Domain.Conversations;
using Jarvis.Domain.Memories;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Jarvis.Infrastructure.MemorySearch;

/// <summary>
/// Keeps the search index in step, in the same transaction: a turn is found from the moment it is answered, and an item from
/// the moment it is learned. Only what the person said is indexed of a turn, so that memory never finds its own echo.
/// Deleting is the database's: documents go with what they point to.
/// </summary>
internal sealed class SearchIndexing : SaveChangesInterceptor
{
    public override async ValueTask<InterceptionResult<int>> SavingChangesAsync(
        DbContextEventData eventData,
        InterceptionResult<int> result,
        CancellationToken cancellationToken = default)
    {
        var changes = eventData.Context!.ChangeTracker;
        changes.DetectChanges();
        foreach (var entry in changes.Entries().ToList())
        {
            if (DocumentOf(entry) is { } document)
            {
                eventData.Context.Add(document);
            }
            else if (entry is { Entity: MemoryItem item, State: EntityState.Modified } && entry.Property(nameof(MemoryItem.Content)).IsModified)
            {
                var indexed = await eventData.Context.Set<SearchDocument>().SingleAsync(row => row.MemoryItemId == item.Id, cancellationToken);
                indexed.Terms = Terms.Of(item.Content);
            }
        }

        return result;
    }

    private static SearchDocument? DocumentOf(EntityEntry entry) => entry switch
    {
        { Entity: Turn turn } when IsAnswered(entry) => new SearchDocument
        {
            UserId = turn.UserId,
            TurnId = turn.Id,
            Terms = Terms.Of(turn.Prompt),
        },
        { Entity: MemoryItem item, State: EntityState.Added } => new SearchDocument
        {
            UserId = item.UserId,
            MemoryItemId = item.Id,
            Terms = Terms.Of(item.Content),
        },
        _ => null,
    };

    private static bool IsAnswered(EntityEntry entry)
    {
        var status = entry.Property(nameof(Turn.Status));

        return Equals(status.CurrentValue, TurnStatus.Completed)
            && (entry.State == EntityState.Added || (status.IsModified && !Equals(status.OriginalValue, TurnStatus.Completed)));
    }
}
