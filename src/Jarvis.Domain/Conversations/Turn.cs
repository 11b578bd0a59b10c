using Jarvis.Domain.Common;

namespace Jarvis.Domain.Conversations;

/// <summary>One prompt and its answer: a row of <c>conversation_history</c>.</summary>
public sealed class Turn : IUserOwned
{
    public const int PromptMaxLength = 32_000;
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

    public StoredError Failure { get; private set; } = StoredError.None;

    /// <summary>
    /// Time at which memory processed the turn; null while pending. Each turn has its own mark, because a retried turn can complete
    /// after later turns. Set on creation if the conversation is without memory.
    /// </summary>
    public DateTimeOffset? RememberedAt { get; private set; }

    /// <summary>
    /// False if the turn contains a forgotten memory or its conversation is without memory. Search and summaries then exclude the
    /// turn.
    /// </summary>
    public bool Recallable { get; private set; } = true;

    public MemoryUsage MemoryUsage { get; private set; }

    /// <summary>Memories that were used for the answer, in order.</summary>
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

    /// <summary>Creates a completed turn from an import.</summary>
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

    public void RecordMemories(MemoryUsage usage, IEnumerable<MemoryCitation> citations)
    {
        MemoryUsage = usage;
        memories.Clear();
        memories.AddRange(citations);
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
        Failure = StoredError.From(error);
    }

    public void Retry()
    {
        RequireStatus(TurnStatus.Failed);
        Status = TurnStatus.Pending;
        Failure = StoredError.None;
    }

    /// <summary>Excludes the turn from search and summaries, because it contains a forgotten memory.</summary>
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
