using Jarvis.Domain.Common;

namespace Jarvis.Application.Memories;

/// <summary>Finds memories by a word, in all its inflected forms.</summary>
public interface IMemoryTextFilter
{
    /// <summary>Returns the person's memories that contain the word in any form, as part of a query of the same database.</summary>
    /// <param name="word">Word as typed: in any case, with or without accents.</param>
    IQueryable<MemoryItemId> Filter(UserId user, string word);
}
