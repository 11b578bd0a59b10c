using Jarvis.Domain.Common;
using Jarvis.Domain.Conversations;
using Jarvis.Domain.Memories;

namespace Jarvis.Application.Conversations;

/// <summary>A memory that was used for an answer.</summary>
/// <param name="Item">Null for an earlier turn.</param>
/// <param name="Turn">Source turn; null if it was deleted.</param>
/// <param name="At">Time of the source turn.</param>
/// <param name="Conversation">Source conversation; null if it was deleted.</param>
public sealed record CitedMemory(MemoryItemId? Item, TurnId? Turn, string Content, DateTimeOffset At, ConversationId? Conversation = null)
{
    /// <summary>The person's own words in the memory; empty if it holds only an answer.</summary>
    public string Text { get; init; } = Content;

    /// <summary>Kind of the item; null for an earlier turn.</summary>
    public MemoryKind? Kind { get; init; }

    /// <summary>End of validity; null while the memory is valid.</summary>
    public DateTimeOffset? ValidTo { get; init; }

    /// <summary>Current state. If the memory no longer exists, the other values are empty.</summary>
    public CitationState State { get; init; }

    /// <summary>Public id: that of the item, or else that of the turn.</summary>
    public Guid Id => Item?.Value ?? Turn?.Value ?? Guid.Empty;
}
