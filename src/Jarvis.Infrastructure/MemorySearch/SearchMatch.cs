using Jarvis.Domain.Conversations;
using Jarvis.Domain.Memories;

namespace Jarvis.Infrastructure.MemorySearch;

/// <summary>A document that a search found; a row of a statement and of no table.</summary>
internal sealed class SearchMatch
{
    public TurnId? TurnId { get; init; }

    /// <summary>The item, or where it has ended what took its place.</summary>
    public MemoryItemId? MemoryItemId { get; init; }

    public string Terms { get; init; } = "";

    /// <summary>Higher is better; comparable within one search only.</summary>
    public double Score { get; init; }
}
