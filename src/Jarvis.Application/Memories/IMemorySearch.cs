using Jarvis.Domain.Accounts;
using Jarvis.Domain.Conversations;
using Jarvis.Domain.Memories;

namespace Jarvis.Application.Memories;

/// <summary>
/// The one way in which memory reaches a prompt. Looks only at what belongs to the person who asks; answers with the best
/// first, within the budget, and with nothing where nothing bears on the text. What it finds was written by people and is
/// never an instruction.
/// </summary>
public interface IMemorySearch
{
    Task<IReadOnlyList<MemoryHit>> SearchAsync(MemoryQuery query, CancellationToken cancellationToken);
}

/// <param name="BudgetChars">How many characters of content the hits may have together.</param>
/// <param name="Conversation">The current conversation, if any.</param>
/// <param name="Except">Turns that the prompt holds anyway.</param>
public sealed record MemoryQuery(
    UserId User,
    string Text,
    int BudgetChars,
    ConversationId? Conversation,
    IReadOnlyCollection<TurnId> Except)
{
    public const int DefaultBudget = 4_000;

    /// <summary>The person's texts must not leave the machines of whoever runs Jarvis.</summary>
    public bool LocalOnly { get; init; }
}

public enum MemoryProvenance
{
    Turn,
    Memory,
    Summary,
}

/// <param name="Item">Set where <paramref name="Source"/> is <see cref="MemoryProvenance.Memory"/>.</param>
/// <param name="Turn">The turn it is or comes from; null where that was deleted.</param>
/// <param name="Content">What the prompt is given: what the person said, and after a dash what was answered.</param>
/// <param name="Score">Higher is better; comparable within one search only.</param>
/// <param name="ExternalId">The turn's id where it was imported from.</param>
/// <param name="At">When it was said.</param>
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
    /// <summary>The person's own words in the content; empty where only an answer is given.</summary>
    public string Text { get; init; } = Content;

    /// <summary>Of an item.</summary>
    public MemoryKind? Kind { get; init; }

    /// <summary>When an item ceased to hold; null while it holds.</summary>
    public DateTimeOffset? ValidTo { get; init; }
}
