using Jarvis.Application.Common;
using Jarvis.Domain.Common;
using Jarvis.Domain.Memories;
using Microsoft.EntityFrameworkCore;

namespace Jarvis.Application.Memories;

/// <summary>
/// Finds source turns of forgotten memories by the hashes of their prompts, because an import can bring the same conversation back
/// under other ids.
/// </summary>
internal sealed class TombstoneIndex
{
    private readonly byte[] key;
    private readonly HashSet<ContentHash> hashes;

    private TombstoneIndex(byte[] key, HashSet<ContentHash> hashes, int tombstones) => (this.key, this.hashes, Tombstones) = (key, hashes, tombstones);

    /// <summary>Total number of tombstones of the person.</summary>
    public int Tombstones { get; }

    public static async Task<TombstoneIndex> LoadAsync(IJarvisDb db, UserId user, CancellationToken cancellationToken)
    {
        var tombstones = await db.Tombstones.OwnedBy(user).Select(tombstone => tombstone.SourceHash).ToListAsync(cancellationToken);
        var hashes = tombstones.OfType<ContentHash>().ToHashSet();

        // Skips the query for most people, who do not have tombstones.
        var key = hashes.Count == 0 ? [] : await db.UserConfigs.OwnedBy(user).Select(config => config.MemoryKey).SingleAsync(cancellationToken);

        return new TombstoneIndex(key, hashes, tombstones.Count);
    }

    public bool Contains(string prompt) => hashes.Count > 0 && hashes.Contains(ContentHash.Compute(prompt, key));
}
