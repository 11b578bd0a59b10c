using Jarvis.Domain.Accounts;
using Jarvis.Domain.Common;
using Jarvis.Domain.Conversations;

namespace Jarvis.Domain.Memories;

/// <summary>What was said in a conversation so far, in short, and up to where memory has read it.</summary>
public sealed class ConversationSummary : IOwned
{
    public const int SummaryMaxLength = 8_000;

    private ConversationSummary()
    {
    }

    public ConversationSummaryId Id { get; private set; }

    public ConversationId ConversationId { get; private set; }

    public UserId UserId { get; private set; }

    public string Summary { get; private set; } = "";

    /// <summary>How many turns memory has taken in. The watermark: a writer that read another value loses.</summary>
    public int MessageCount { get; private set; }

    public TurnId? LastTurnId { get; private set; }

    public DateTimeOffset UpdatedAt { get; private set; }

    public static ConversationSummary Of(ConversationId conversation, UserId user, DateTimeOffset now) => new()
    {
        Id = ConversationSummaryId.New(now),
        ConversationId = conversation,
        UserId = user,
        UpdatedAt = now,
    };

    public void Advance(string summary, IReadOnlyList<Turn> turns, DateTimeOffset now)
    {
        Summary = summary;
        MessageCount += turns.Count;
        LastTurnId = turns.Max(turn => turn.Id);
        UpdatedAt = now;
        foreach (var turn in turns)
        {
            turn.Remember(now);
        }
    }
}
