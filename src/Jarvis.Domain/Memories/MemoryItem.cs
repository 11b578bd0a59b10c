using Jarvis.Domain.Accounts;
using Jarvis.Domain.Common;
using Jarvis.Domain.Conversations;

namespace Jarvis.Domain.Memories;

/// <summary>One thing that Jarvis knows about a person, with the turn it was learned from.</summary>
public sealed class MemoryItem : IOwned
{
    public const int ContentMaxLength = 1_000;

    private MemoryItem()
    {
    }

    public MemoryItemId Id { get; private set; }

    public UserId UserId { get; private set; }

    /// <summary>Null where the conversation was deleted and the memory kept.</summary>
    public ConversationId? ConversationId { get; private set; }

    public TurnId? SourceTurnId { get; private set; }

    public MemoryKind Kind { get; private set; }

    public string Content { get; private set; } = "";

    public ContentHash ContentHash { get; private set; }

    public Salience Salience { get; private set; }

    public bool Pinned { get; private set; }

    public DateTimeOffset CreatedAt { get; private set; }

    public DateTimeOffset ValidFrom { get; private set; }

    /// <summary>Null while it holds.</summary>
    public DateTimeOffset? ValidTo { get; private set; }

    public MemoryItemId? SupersededBy { get; private set; }

    /// <summary>Learned from what was said in a turn, valid from when it was said.</summary>
    public static MemoryItem Learn(Turn source, MemoryKind kind, string content, Salience salience, ContentHash hash, DateTimeOffset now) => new()
    {
        Id = MemoryItemId.New(now),
        UserId = source.UserId,
        ConversationId = source.ConversationId,
        SourceTurnId = source.Id,
        Kind = kind,
        Content = content,
        ContentHash = hash,
        Salience = salience,
        CreatedAt = now,
        ValidFrom = source.Timestamp,
    };

    /// <summary>The same was said again.</summary>
    public void Repeat() => Salience = Salience.Raised();

    /// <summary>Something said later contradicts it: it ends, and stays as history.</summary>
    public void SupersedeBy(MemoryItem newer)
    {
        ValidTo = newer.ValidFrom;
        SupersededBy = newer.Id;
    }

    public void Edit(string content, ContentHash hash) => (Content, ContentHash) = (content, hash);

    public void Pin(bool pinned) => Pinned = pinned;

    /// <param name="source">Of what was said in the turn it was learned from, where that is still there.</param>
    public Tombstone Forget(DateTimeOffset now, ContentHash? source = null) => Tombstone.For(this, source, now);
}
