using Jarvis.Application.Common;
using Jarvis.Application.Memories;
using Jarvis.Domain.Common;
using Jarvis.Infrastructure.Ai.Search;

namespace Jarvis.Infrastructure.Persistence;

/// <summary>By the terms that search has of each memory anyway.</summary>
internal sealed class IndexedMemoryTextFilter(JarvisDbContext db) : IMemoryTextFilter
{
    public IQueryable<MemoryItemId> Filter(UserId user, string word)
    {
        // The English stem and the Polish one; a word may also be two, as in "e-mail". What says nothing finds nothing here.
        var stems = Tokenizer.Words(word).FirstOrDefault()?.Stems ?? [];
        var (one, other) = stems is [] ? (null, null) : (Term(stems[0]), Term(stems[^1]));

        return db.SearchDocuments.OwnedBy(user)
            .Where(document => document.MemoryItemId != null && one != null)
            .Where(document => (" " + document.Terms + " ").Contains(one!) || (" " + document.Terms + " ").Contains(other!))
            .Select(document => document.MemoryItemId!.Value);
    }

    private static string? Term(string stem) => $" {stem} ";
}
