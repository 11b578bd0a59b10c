using Jarvis.Application.Common;
using Jarvis.Application.Memories;
using Jarvis.Domain.Accounts;
using Jarvis.Domain.Common;
using Jarvis.Domain.Memories;
using Jarvis.Infrastructure.Persistence.Search;
using Jarvis.Infrastructure.Persistence.Search.Tokenization;

namespace Jarvis.Infrastructure.Persistence;

/// <summary>Filters by the terms that the search index stores for each memory.</summary>
internal sealed class IndexedMemoryTextFilter(JarvisDbContext db) : IMemoryTextFilter
{
    public IQueryable<MemoryItemId> Filter(UserId user, string word)
    {
        // A word has an English and a Polish stem. Only the first word counts if the text has several, as in "e-mail". A stop word finds nothing.
        var stems = Tokenizer.Words(word).FirstOrDefault()?.Stems ?? [];
        var (english, polish) = stems is [] ? (null, null) : (Term(stems[0]), Term(stems[^1]));

        return db.SearchDocuments.OwnedBy(user)
            .Where(document => document.MemoryItemId != null && english != null)
            .Where(document => (" " + document.Terms + " ").Contains(english!) || (" " + document.Terms + " ").Contains(polish!))
            .Select(document => document.MemoryItemId!.Value);
    }

    private static string? Term(string stem) => $" {stem} ";
}
