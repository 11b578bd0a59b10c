using Jarvis.Domain.Common;

namespace Jarvis.Domain.Memories;

/// <summary>Prevents a second extraction of a forgotten memory, without storing its content.</summary>
public sealed class Tombstone : IUserOwned
{
    private Tombstone()
    {
    }

    public TombstoneId Id { get; private set; }

    public UserId UserId { get; private set; }

    public ContentHash ContentHash { get; private set; }

    /// <summary>Hash of the whole source prompt, because an import can bring the same conversation back.</summary>
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
