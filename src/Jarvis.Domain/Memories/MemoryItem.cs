using Jarvis.Domain.Accounts;
using Jarvis.Domain.Common;
using Jarvis.Domain.Conversations;

namespace Jarvis.Domain.Memories;

/// <summary>One thing that Jarvis knows about a person, with the turn it was learned from.</summary>
public sealed class MemoryItem : IUserOwned
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

    /// <summary>When the person last put it into words of their own; null where it is as it was learned.</summary>
    public DateTimeOffset? EditedAt { get; private set; }

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

    /// <summary>Brought back from an export, as it was there.</summary>
    /// <param name="source">The turn it was learned from, where that is here.</param>
    public static MemoryItem Restore(
        UserId user,
        (ConversationId Conversation, TurnId Turn)? source,
        MemoryKind kind,
        string content,
        Salience salience,
        ContentHash hash,
        bool pinned,
        MemoryDates dates) => new()
    {
        Id = MemoryItemId.New(dates.CreatedAt),
        UserId = user,
        ConversationId = source?.Conversation,
        SourceTurnId = source?.Turn,
        Kind = kind,
        Content = content,
        ContentHash = hash,
        Salience = salience,
        Pinned = pinned,
        CreatedAt = dates.CreatedAt,
        EditedAt = dates.EditedAt,
        ValidFrom = dates.ValidFrom,
        ValidTo = dates.ValidTo,
    };

    /// <summary>The same was said again.</summary>
    public void Reinforce() => Salience = Salience.Reinforced();

    /// <summary>Something said later contradicts it: it ends, and stays as history.</summary>
    public void SupersedeBy(MemoryItem newer)
    {
        ValidTo = newer.ValidFrom;
        SupersededBy = newer.Id;
    }

    /// <summary>History that was brought back finds again what took its place.</summary>
    public void SetSuccessor(MemoryItemId newer) => SupersededBy = newer;

    /// <summary>
    /// The person's own words take the place of what was learned. The tombstone keeps the old ones from being learned again from
    /// where they were read.
    /// </summary>
    public Tombstone Edit(string content, ContentHash hash, DateTimeOffset now)
    {
        var tombstone = Tombstone.For(this, source: null, now);
        (Content, ContentHash, EditedAt) = (content, hash, now);

        return tombstone;
    }

    /// <summary>Whether the person corrected it after that was said, which therefore no longer counts against it.</summary>
    public bool WasEditedAfter(Turn said) => EditedAt > said.Timestamp;

    public void Pin(bool pinned) => Pinned = pinned;

    /// <param name="source">Of what was said in the turn it was learned from, where that is still there.</param>
    public Tombstone Forget(DateTimeOffset now, ContentHash? source = null) => Tombstone.For(this, source, now);
}
