using Jarvis.Domain.Accounts;
using Jarvis.Domain.Common;
using Jarvis.Domain.Conversations;
using Jarvis.Domain.Memories;

namespace Jarvis.Infrastructure.MemorySearch;

/// <summary>What search reads of a memory item, or of a turn: its terms, as <see cref="Terms"/> cuts them.</summary>
internal sealed class SearchDocument : IOwned
{
    /// <summary>An integer, because a full-text index of SQLite points to rows by one.</summary>
    public long Id { get; set; }

    public UserId UserId { get; set; }

    public TurnId? TurnId { get; set; }

    public MemoryItemId? MemoryItemId { get; set; }

    public string Terms { get; set; } = "";
}
