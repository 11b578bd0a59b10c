using Jarvis.Domain.Common;
using Jarvis.Domain.Conversations;
using Microsoft.EntityFrameworkCore;

namespace Jarvis.Infrastructure.Persistence.Search;

/// <summary>Tokenizes documents of an earlier version of Jarvis again. It resumes after an interruption.</summary>
internal static class SearchIndexUpgrade
{
    private const int BatchSize = 500;

    public static async Task RunAsync(JarvisDbContext db)
    {
        while (await NextAsync(db) is { Count: > 0 } rows)
        {
            foreach (var row in rows)
            {
                if (row.Turn is { } turn)
                {
                    row.Document.Index(turn);
                }
                else if (row.Item is { } item)
                {
                    row.Document.Index(item);
                }

                // AsNoTracking applies to the whole query, so the document is not tracked. Update also marks unchanged terms as
                // modified, and the trigger writes their postings again.
                db.Update(row.Document);
            }

            await db.SaveChangesAsync();
            db.ChangeTracker.Clear();
        }
    }

    private static Task<List<Row>> NextAsync(JarvisDbContext db)
    {
        var rows =
            from document in db.SearchDocuments
            where document.TermsVersion < SearchDocument.CurrentTermsVersion
            join turn in db.Turns.AsNoTracking() on document.TurnId equals (TurnId?)turn.Id into turns
            from turn in turns.DefaultIfEmpty()
            join item in db.MemoryItems.AsNoTracking() on document.MemoryItemId equals (Domain.Common.MemoryItemId?)item.Id into items
            from item in items.DefaultIfEmpty()
            orderby document.Id
            select new Row(document, turn, item);

        return rows.Take(BatchSize).ToListAsync();
    }

    private sealed record Row(SearchDocument Document, Turn? Turn, Domain.Memories.MemoryItem? Item);
}
