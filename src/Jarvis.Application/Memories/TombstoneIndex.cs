using Jarvis.Application.Common;
using Jarvis.Domain.Accounts;
using Jarvis.Domain.Memories;
using Microsoft.EntityFrameworkCore;

namespace Jarvis.Application.Memories;

/// <summary>
/// Where what a person forgot was learned from, by the hashes of what was said there: a chat that is imported again under other
/// ids is known by its words.
/// </summary>
internal sealed class TombstoneIndex
{
    private readonly byte[] key;
    private readonly HashSet<ContentHash> hashes;

    private TombstoneIndex(byte[] key, HashSet<ContentHash> hashes, int tombstones) => (this.key, this.hashes, Tombstones) = (key, hashes, tombstones);

    /// <summary>How much the person has forgotten in all.</summary>
    public int Tombstones { get; }

    public static async Task<TombstoneIndex> LoadAsync(IJarvisDb db, UserId user, CancellationToken cancellationToken)
    {
        var tombstones = await db.Tombstones.OwnedBy(user).Select(tombstone => tombstone.SourceHash).ToListAsync(cancellationToken);
        var hashes = tombstones.OfType<ContentHash>().ToHashSet();

        // Most people forget nothing.
        var key = hashes.Count == 0 ? [] : await db.UserConfigs.OwnedBy(user).Select(config => config.MemoryKey).SingleAsync(cancellationToken);

        return new TombstoneIndex(key, hashes, tombstones.Count);
    }

    public bool Contains(string prompt) => hashes.Count > 0 && hashes.Contains(ContentHash.Compute(prompt, key));
}
