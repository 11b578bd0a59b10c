using Jarvis.Domain.Common;

namespace Jarvis.Domain.Conversations;

/// <summary>
/// A memory that was used for an answer: a memory item or an earlier turn. Holds ids only, so that no copy of a forgotten memory
/// remains here.
/// </summary>
public sealed class MemoryCitation
{
    private MemoryCitation()
    {
    }

    public int Position { get; private set; }

    /// <summary>Null for an earlier turn, and for an item that has since been forgotten.</summary>
    public MemoryItemId? MemoryItemId { get; private set; }

    /// <summary>Distinguishes a forgotten item from an earlier turn.</summary>
    public bool FromItem { get; private set; }

    /// <summary>Source turn; null if that turn was deleted.</summary>
    public TurnId? SourceTurnId { get; private set; }

    public static MemoryCitation At(int position, MemoryItemId? item, TurnId? source) => new()
    {
        Position = position,
        MemoryItemId = item,
        FromItem = item is not null,
        SourceTurnId = source,
    };
}
