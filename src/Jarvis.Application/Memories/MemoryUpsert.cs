using Jarvis.Application.Common;
using Jarvis.Domain.Accounts;
using Jarvis.Domain.Conversations;
using Jarvis.Domain.Memories;
using Microsoft.EntityFrameworkCore;

namespace Jarvis.Application.Memories;

/// <summary>
/// Brings candidates together with what is known: what was forgotten stays forgotten, an exact repeat adds nothing, a near
/// repeat matters more, a contradiction ends what it contradicts.
/// </summary>
internal sealed class MemoryUpsert
{
    private readonly IJarvisDb db;
    private readonly byte[] key;
    private readonly DateTimeOffset now;
    private readonly List<MemoryItem> known;
    private readonly HashSet<ContentHash> forgotten;
    private readonly List<MemoryItem?> byPosition = [];

    private MemoryUpsert(IJarvisDb db, byte[] key, DateTimeOffset now, List<MemoryItem> known, HashSet<ContentHash> forgotten)
    {
        this.db = db;
        this.key = key;
        this.now = now;
        this.known = known;
        this.forgotten = forgotten;
    }

    public static async Task<MemoryUpsert> LoadAsync(IJarvisDb db, UserId user, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var config = await db.UserConfigs.OwnedBy(user).SingleAsync(cancellationToken);
        var known = await db.MemoryItems.OwnedBy(user).Where(item => item.ValidTo == null).ToListAsync(cancellationToken);
        var forgotten = await db.Tombstones.OwnedBy(user).Select(tombstone => tombstone.ContentHash).ToListAsync(cancellationToken);

        return new MemoryUpsert(db, config.MemoryKey, now, known, [.. forgotten]);
    }

    /// <summary>Candidates in their order: a later one may end an earlier one.</summary>
    public void Add(MemoryCandidate candidate, Turn source) => byPosition.Add(Learn(candidate, source));

    private MemoryItem? Learn(MemoryCandidate candidate, Turn source)
    {
        var hash = ContentHash.Of(candidate.Content, key);
        if (known.Find(item => item.ContentHash == hash) is { } same)
        {
            return same;
        }

        if (forgotten.Contains(hash))
        {
            // It was said here as well, so search must not find it here either.
            source.Hide();

            return null;
        }

        var ended = EndedBy(candidate);
        if (ended?.WasCorrectedAfter(source) == true)
        {
            return ended;
        }

        if (known.Find(item => item != ended && NearRepeat.Is(item.Content, candidate.Content)) is { } repeated)
        {
            repeated.Repeat();

            return repeated;
        }

        var learned = MemoryItem.Learn(source, candidate.Kind, candidate.Content, candidate.Salience, hash, now);
        db.MemoryItems.Add(learned);
        if (ended?.ValidFrom > learned.ValidFrom)
        {
            // A turn that failed and was retried later: what was said after it holds still.
            learned.SupersedeBy(ended);

            return ended;
        }

        if (ended is not null)
        {
            ended.SupersedeBy(learned);
            known.Remove(ended);
        }

        known.Add(learned);

        return learned;
    }

    private MemoryItem? EndedBy(MemoryCandidate candidate)
    {
        var earlier = candidate.SupersedesCandidate is { } position ? byPosition[position] : null;

        return known.Find(item => item.Id == candidate.Supersedes || item == earlier);
    }
}
