using Jarvis.Domain.Accounts;
using Jarvis.Domain.Common;

namespace Jarvis.Domain.Memories;

/// <summary>Keeps what a person forgot from being extracted again, without keeping what it was.</summary>
public sealed class Tombstone : IUserOwned
{
    private Tombstone()
    {
    }

    public TombstoneId Id { get; private set; }

    public UserId UserId { get; private set; }

    public ContentHash ContentHash { get; private set; }

    /// <summary>Of the whole of what was said in the turn it was learned from: the same chat may come back by an import.</summary>
    public ContentHash? SourceHash { get; private set; }

    public DateTimeOffset CreatedAt { get; private set; }

    internal static Tombstone For(MemoryItem item, ContentHash? source, DateTimeOffset now) => new()
    {
        Id = TombstoneId.New(now),
        UserId = item.UserId,
        ContentHash = item.ContentHash,
        SourceHash = source,
        CreatedAt = now,
    };
}
