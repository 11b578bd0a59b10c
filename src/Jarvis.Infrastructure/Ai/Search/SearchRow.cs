using Jarvis.Domain.Common;
using Jarvis.Domain.Memories;

namespace Jarvis.Infrastructure.Ai.Search;

/// <summary>A row of the search statement, and of no table: a memory item, or a turn that has the words or stands beside one that has.</summary>
internal sealed class SearchRow
{
    /// <summary>Of the item, or else of the turn.</summary>
    public Guid Id { get; init; }

    public bool IsItem { get; init; }

    /// <summary>Of an item, as it is stored; null for a turn.</summary>
    public string? Kind { get; init; }

    public Guid? ConversationId { get; init; }

    /// <summary>The turn itself, or the one the item was learned from.</summary>
    public Guid? TurnId { get; init; }

    public string? ExternalId { get; init; }

    /// <summary>What the person said, or what the item says.</summary>
    public string Prompt { get; init; } = "";

    public string Response { get; init; } = "";

    public DateTimeOffset At { get; init; }

    /// <summary>When an item ended; null while it holds, and for a turn.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>What took the place of an item that has ended.</summary>
    public Guid? SupersededBy { get; init; }

    /// <summary>What was learned from a turn and has ended since.</summary>
    public string Ended { get; init; } = "";

    public float Salience { get; init; }

    public bool Pinned { get; init; }

    /// <summary>Cosine to the question; null where it is not among the nearest, or nothing is embedded.</summary>
    public double? Similarity { get; init; }

    /// <summary>How many documents of the person have each sought term, as <c>term count</c>, separated by spaces; the empty term is all of them.</summary>
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
