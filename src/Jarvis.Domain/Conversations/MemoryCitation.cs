using Jarvis.Domain.Memories;

namespace Jarvis.Domain.Conversations;

/// <summary>
/// One thing that memory gave to an answer: a memory item, or an earlier turn. Only ids: what was forgotten since must not
/// live on here.
/// </summary>
public sealed class MemoryCitation
{
    private MemoryCitation()
    {
    }

    public int Position { get; private set; }

    /// <summary>Null for an earlier turn, and for an item that was forgotten since.</summary>
    public MemoryItemId? MemoryItemId { get; private set; }

    /// <summary>Whether an item was given: what tells a forgotten one from an earlier turn.</summary>
    public bool FromItem { get; private set; }

    /// <summary>The turn it comes from; null where that turn was deleted.</summary>
    public TurnId? SourceTurnId { get; private set; }

    public static MemoryCitation At(int position, MemoryItemId? item, TurnId? source) => new()
    {
        Position = position,
        MemoryItemId = item,
        FromItem = item is not null,
        SourceTurnId = source,
    };
}
