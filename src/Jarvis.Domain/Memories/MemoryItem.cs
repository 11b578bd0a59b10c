using Jarvis.Domain.Common;
using Jarvis.Domain.Conversations;

namespace Jarvis.Domain.Memories;

/// <summary>A fact that Jarvis knows about a person, with its source turn.</summary>
public sealed class MemoryItem : IUserOwned
{
    public const int ContentMaxLength = 1_000;

    private MemoryItem()
    {
    }

    public MemoryItemId Id { get; private set; }

    public UserId UserId { get; private set; }

    /// <summary>Null if the conversation was deleted and the memory was kept.</summary>
    public ConversationId? ConversationId { get; private set; }

    public TurnId? SourceTurnId { get; private set; }

    public MemoryKind Kind { get; private set; }

    public string Content { get; private set; } = "";

    public ContentHash ContentHash { get; private set; }

    public Salience Salience { get; private set; }

    public bool Pinned { get; private set; }

    public DateTimeOffset CreatedAt { get; private set; }

    /// <summary>Time of the person's last edit; null if the person has not edited the memory.</summary>
    public DateTimeOffset? EditedAt { get; private set; }

    public DateTimeOffset ValidFrom { get; private set; }

    /// <summary>End of validity; null while the memory is valid.</summary>
    public DateTimeOffset? ValidTo { get; private set; }

    public MemoryItemId? SupersededBy { get; private set; }

    /// <summary>Creates a memory from a turn. The memory is valid from the time of the turn.</summary>
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

    /// <summary>Restores a memory from an export.</summary>
    /// <param name="source">Source turn, if it exists in this installation.</param>
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

    /// <summary>Increases the salience, because the person repeated the fact.</summary>
    public void Reinforce() => Salience = Salience.Reinforced();

    /// <summary>Ends the validity because a newer memory contradicts this one. The memory remains as history.</summary>
    public void SupersedeBy(MemoryItem newer)
    {
        ValidTo = newer.ValidFrom;
        SupersededBy = newer.Id;
    }

    /// <summary>Links a restored historical memory to its successor.</summary>
    public void SetSuccessor(MemoryItemId newer) => SupersededBy = newer;

    /// <summary>
    /// Replaces the content with the person's own words. The tombstone prevents a second extraction of the old content from its
    /// source.
    /// </summary>
    public Tombstone Edit(string content, ContentHash hash, DateTimeOffset now)
    {
        var tombstone = Tombstone.For(this, source: null, now);
        (Content, ContentHash, EditedAt) = (content, hash, now);

        return tombstone;
    }

    /// <summary>Returns true if the person edited the memory after the turn. The turn then cannot supersede the memory.</summary>
    public bool WasEditedAfter(Turn turn) => EditedAt > turn.Timestamp;

    public void Pin(bool pinned) => Pinned = pinned;

    /// <param name="source">Hash of the source prompt, if the source turn still exists.</param>
    public Tombstone Forget(DateTimeOffset now, ContentHash? source = null) => Tombstone.For(this, source, now);
}
