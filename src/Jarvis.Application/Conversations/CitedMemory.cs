using Jarvis.Domain.Conversations;
using Jarvis.Domain.Memories;

namespace Jarvis.Application.Conversations;

/// <summary>One memory as it was given to an answer.</summary>
/// <param name="Item">Null where an earlier turn itself was given.</param>
/// <param name="Turn">The turn it comes from; null where that was deleted.</param>
/// <param name="At">When it was said.</param>
/// <param name="Conversation">Where it was said; null where that was deleted.</param>
public sealed record CitedMemory(MemoryItemId? Item, TurnId? Turn, string Content, DateTimeOffset At, ConversationId? Conversation = null)
{
    /// <summary>The person's own words in it; empty where only an answer is given.</summary>
    public string Text { get; init; } = Content;

    /// <summary>Of an item; null where an earlier turn was given.</summary>
    public MemoryKind? Kind { get; init; }

    /// <summary>When it ceased to hold; null while it holds.</summary>
    public DateTimeOffset? ValidTo { get; init; }

    /// <summary>What became of it since. Of what is no longer there, nothing else is told.</summary>
    public CitationState State { get; init; }

    /// <summary>What names it outside: the item, or else the turn.</summary>
    public Guid Id => Item?.Value ?? Turn?.Value ?? Guid.Empty;
}
