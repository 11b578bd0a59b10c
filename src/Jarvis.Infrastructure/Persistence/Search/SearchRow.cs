using Jarvis.Domain.Common;
using Jarvis.Domain.Memories;

namespace Jarvis.Infrastructure.Persistence.Search;

/// <summary>A row of the search statement: a memory item, a turn with the terms, or a turn next to such a turn.</summary>
internal sealed class SearchRow
{
    /// <summary>Id of the item or the turn.</summary>
    public Guid Id { get; init; }

    public bool IsItem { get; init; }

    /// <summary>Stored kind of an item; null for a turn.</summary>
    public string? Kind { get; init; }

    public Guid? ConversationId { get; init; }

    /// <summary>The turn itself, or the turn that the item was learned from.</summary>
    public Guid? TurnId { get; init; }

    public string? ExternalId { get; init; }

    /// <summary>The user's words, or the content of the item.</summary>
    public string Prompt { get; init; } = "";

    public string Response { get; init; } = "";

    public DateTimeOffset At { get; init; }

    /// <summary>End of an item; null for a current item and for a turn.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>Successor of an item that has ended.</summary>
    public Guid? SupersededBy { get; init; }

    /// <summary>Items that were learned from a turn and have ended since.</summary>
    public string Ended { get; init; } = "";

    public float Salience { get; init; }

    public bool Pinned { get; init; }

    /// <summary>Cosine similarity to the question; null if the row is not among the nearest vectors.</summary>
    public double? Similarity { get; init; }

    /// <summary>Number of the user's documents with each term of the question, as <c>term count</c> separated by spaces. The empty term counts all documents.</summary>
    public string Frequencies { get; init; } = "";

    public static SearchRow From(MemoryItem item) => new()
    {
        Id = item.Id.Value,
        IsItem = true,
        Kind = item.Kind.ToString(),
        ConversationId = item.ConversationId?.Value,
        TurnId = item.SourceTurnId?.Value,
        Prompt = item.Content,
        At = item.ValidFrom,
        Until = item.ValidTo,
        Salience = item.Salience.Value,
        Pinned = item.Pinned,
    };
}
