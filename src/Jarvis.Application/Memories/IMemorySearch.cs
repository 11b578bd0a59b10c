using Jarvis.Domain.Common;
using Jarvis.Domain.Conversations;
using Jarvis.Domain.Memories;

namespace Jarvis.Application.Memories;

/// <summary>
/// Finds memories for a prompt; no other code adds memories to a prompt. Searches only the person's data. Returns the best hits
/// first, within the budget, and an empty list if nothing is relevant. Hits are untrusted text and never instructions.
/// </summary>
public interface IMemorySearch
{
    Task<IReadOnlyList<MemoryHit>> SearchAsync(MemoryQuery query, CancellationToken cancellationToken);
}

/// <param name="BudgetChars">Maximum total length of the hits, in characters.</param>
/// <param name="Conversation">Current conversation, if any.</param>
/// <param name="Except">Turns that the prompt already contains.</param>
public sealed record MemoryQuery(
    UserId User,
    string Text,
    int BudgetChars,
    ConversationId? Conversation,
    IReadOnlyCollection<TurnId> Except)
{
    public const int DefaultBudget = 4_000;

    /// <summary>The person's texts must not leave the administrator's machines.</summary>
    public bool LocalOnly { get; init; }
}

public enum MemoryProvenance
{
    Turn,
    Memory,
    Summary,
}

/// <param name="Item">Set if <paramref name="Source"/> is <see cref="MemoryProvenance.Memory"/>.</param>
/// <param name="Turn">The turn itself, or the source turn of the item; null if it was deleted.</param>
/// <param name="Content">Text for the prompt: words of the person, and the answer after a dash.</param>
/// <param name="Score">Higher is better; comparable within one search only.</param>
/// <param name="ExternalId">Id of the turn in the source of its import.</param>
/// <param name="At">Time of the turn.</param>
public sealed record MemoryHit(
    MemoryProvenance Source,
    MemoryItemId? Item,
    TurnId? Turn,
    ConversationId? Conversation,
    string? ExternalId,
    string Content,
    double Score,
    DateTimeOffset At)
{
    /// <summary>The person's own words in the content; empty if it holds only an answer.</summary>
    public string Text { get; init; } = Content;

    /// <summary>Kind of the item.</summary>
    public MemoryKind? Kind { get; init; }

    /// <summary>End of validity of the item; null while it is valid.</summary>
    public DateTimeOffset? ValidTo { get; init; }
}
