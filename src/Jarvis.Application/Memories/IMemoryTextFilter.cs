using Jarvis.Domain.Accounts;
using Jarvis.Domain.Memories;

namespace Jarvis.Application.Memories;

/// <summary>The words of what is known, in their many forms.</summary>
public interface IMemoryTextFilter
{
    /// <summary>The person's memories that have this word in any form of it, as part of a query of the same database.</summary>
    /// <param name="word">As it was typed: in any case, with accents or without.</param>
    IQueryable<MemoryItemId> Filter(UserId user, string word);
}
