using System.Globalization;
using Jarvis.Domain.Accounts;
using Jarvis.Domain.Common;

namespace Jarvis.Domain.Conversations;

/// <summary>One prompt and its answer: a row of <c>conversation_history</c>.</summary>
public sealed class Turn : IUserOwned
{
    public const int PromptMaxLength = 32_000;
    public const int FailureCodeMaxLength = 100;
    public const int ExternalIdMaxLength = 200;

    private readonly List<MemoryCitation> memories = [];

    private Turn()
    {
    }

    public TurnId Id { get; private set; }

    public ConversationId ConversationId { get; private set; }

    public UserId UserId { get; private set; }

    public string Prompt { get; private set; } = "";

    public string? Response { get; private set; }

    public int UsedTokens { get; private set; }

    public DateTimeOffset Timestamp { get; private set; }

    public TurnStatus Status { get; private set; }

    public string? Model { get; private set; }

    public string? ExternalId { get; private set; }

    public string? FailureCode { get; private set; }

    public string? FailureMessage { get; private set; }

    /// <summary>What the message was filled with, for the same sentence in another language.</summary>
    public IReadOnlyList<string> FailureArguments { get; private set; } = [];

    /// <summary>
    /// When memory was done with this turn; null while it is behind. A mark on each turn and not only a watermark, because a turn
    /// that failed and is retried is answered after later ones. Set from the start where the chat is held without memory.
    /// </summary>
    public DateTimeOffset? RememberedAt { get; private set; }

    /// <summary>
    /// False once something that this turn tells was forgotten, and in a chat without memory: search does not quote it, and it
    /// goes into no summary.
    /// </summary>
    public bool Recallable { get; private set; } = true;

    public MemoryUsage MemoryUsage { get; private set; }

    /// <summary>What memory gave to this answer, in order.</summary>
    public IReadOnlyList<MemoryCitation> Memories => memories;

    internal static Turn Ask(Conversation conversation, string prompt, DateTimeOffset now) => new()
    {
        Id = TurnId.New(now),
        ConversationId = conversation.Id,
        UserId = conversation.UserId,
        Prompt = prompt,
        Timestamp = now,
        Status = TurnStatus.Pending,
        RememberedAt = conversation.WithoutMemory ? now : null,
        Recallable = !conversation.WithoutMemory,
    };

    /// <summary>Said and answered elsewhere.</summary>
    internal static Turn Import(Conversation conversation, string externalId, string prompt, string response, DateTimeOffset at, TurnId? after) => new()
    {
        Id = TurnId.New(at, after),
        ConversationId = conversation.Id,
        UserId = conversation.UserId,
        ExternalId = externalId,
        Prompt = prompt,
        Response = response,
        Timestamp = at,
        Status = TurnStatus.Completed,
    };

    public void RecordMemories(MemoryUsage recall, IEnumerable<MemoryCitation> recalled)
    {
        MemoryUsage = recall;
        memories.Clear();
        memories.AddRange(recalled);
    }

    public void Complete(string response, string model, int usedTokens)
    {
        RequireStatus(TurnStatus.Pending);
        Status = TurnStatus.Completed;
        Response = response;
        Model = model;
        UsedTokens = usedTokens;
    }

    public void Fail(Error error)
    {
        RequireStatus(TurnStatus.Pending);
        Status = TurnStatus.Failed;
        FailureCode = error.Code;
        FailureMessage = error.Message;
        FailureArguments = [.. error.Arguments.Select(argument => Convert.ToString(argument, CultureInfo.InvariantCulture) ?? "")];
    }

    public void Retry()
    {
        RequireStatus(TurnStatus.Failed);
        Status = TurnStatus.Pending;
        FailureCode = null;
        FailureMessage = null;
        FailureArguments = [];
    }

    /// <summary>It holds what was forgotten: search no longer quotes it.</summary>
    public void ExcludeFromRecall() => Recallable = false;

    public void Remember(DateTimeOffset now) => RememberedAt = now;

    private void RequireStatus(TurnStatus expected)
    {
        if (Status != expected)
        {
            throw new InvalidOperationException($"Turn {Id} is {Status}, not {expected}.");
        }
    }
}
