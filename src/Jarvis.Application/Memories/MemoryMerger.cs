using Jarvis.Application.Common;
using Jarvis.Domain.Common;
using Jarvis.Domain.Conversations;
using Jarvis.Domain.Memories;
using Microsoft.EntityFrameworkCore;

namespace Jarvis.Application.Memories;

/// <summary>
/// Merges candidates into the known memories. Forgotten memories stay forgotten, an exact duplicate is ignored, a near duplicate
/// increases the salience, and a contradiction ends the older memory.
/// </summary>
internal sealed class MemoryMerger
{
    private readonly IJarvisDb db;
    private readonly byte[] key;
    private readonly DateTimeOffset now;
    private readonly List<MemoryItem> known;
    private readonly HashSet<ContentHash> forgotten;
    private readonly List<MemoryItem?> byPosition = [];
    private readonly HashSet<ContentHash> ended = [];

    private MemoryMerger(IJarvisDb db, byte[] key, DateTimeOffset now, List<MemoryItem> known, HashSet<ContentHash> forgotten)
    {
        this.db = db;
        this.key = key;
        this.now = now;
        this.known = known;
        this.forgotten = forgotten;
    }

    /// <summary>Loads only the known memories that the candidates can repeat or supersede, because a person can have thousands.</summary>
    public static async Task<MemoryMerger> LoadAsync(
        IJarvisDb db,
        UserId user,
        IReadOnlyList<MemoryCandidate> candidates,
        DateTimeOffset now,
        CancellationToken cancellationToken)
    {
        var key = await db.UserConfigs.OwnedBy(user).Select(config => config.MemoryKey).SingleAsync(cancellationToken);
        var hashes = candidates.Select(candidate => ContentHash.Compute(candidate.Content, key)).Distinct().ToList();
        var forgotten = await db.Tombstones.OwnedBy(user)
            .Where(tombstone => hashes.Contains(tombstone.ContentHash))
            .Select(tombstone => tombstone.ContentHash)
            .ToListAsync(cancellationToken);

        var holding = db.MemoryItems.OwnedBy(user).Where(item => item.ValidTo == null);
        var concerned = await FindNearAsync(holding, candidates, cancellationToken);
        concerned.AddRange(candidates.Select(candidate => candidate.Supersedes).OfType<MemoryItemId>());
        var known = await holding
            .Where(item => hashes.Contains(item.ContentHash) || concerned.Contains(item.Id))
            .OrderBy(item => item.Id)
            .ToListAsync(cancellationToken);

        return new MemoryMerger(db, key, now, known, [.. forgotten]);
    }

    private static async Task<List<MemoryItemId>> FindNearAsync(
        IQueryable<MemoryItem> holding,
        IReadOnlyList<MemoryCandidate> candidates,
        CancellationToken cancellationToken)
    {
        var repeats = candidates.Select(candidate => new NearDuplicateDetector(candidate.Content)).ToList();
        var near = new List<MemoryItemId>();
        await foreach (var item in holding.Select(item => new { item.Id, item.Content }).AsAsyncEnumerable().WithCancellation(cancellationToken))
        {
            if (repeats.Exists(repeat => repeat.IsDuplicate(item.Content)))
            {
                near.Add(item.Id);
            }
        }

        return near;
    }

    /// <summary>Processes candidates in order, because a later one can supersede an earlier one.</summary>
    public void Add(MemoryCandidate candidate, Turn source) => byPosition.Add(Learn(candidate, source));

    private MemoryItem? Learn(MemoryCandidate candidate, Turn source)
    {
        var hash = ContentHash.Compute(candidate.Content, key);
        if (known.Find(item => item.ContentHash == hash) is { } same)
        {
            return same;
        }

        if (forgotten.Contains(hash))
        {
            // This turn repeats the forgotten memory too, so search must exclude the turn.
            source.ExcludeFromRecall();

            return null;
        }

        if (ended.Contains(hash))
        {
            // One extraction contains both the repetition and the contradiction, so the contradiction is ignored.
            return null;
        }

        var before = FindSuperseded(candidate);
        if (before?.WasEditedAfter(source) == true)
        {
            return before;
        }

        var repeat = new NearDuplicateDetector(candidate.Content);
        if (known.Find(item => item != before && repeat.IsDuplicate(item.Content)) is { } repeated)
        {
            repeated.Reinforce();

            return repeated;
        }

        var learned = MemoryItem.Learn(source, candidate.Kind, candidate.Content, candidate.Salience, hash, now);
        db.MemoryItems.Add(learned);
        if (before?.ValidFrom > learned.ValidFrom)
        {
            // A retried turn can be older than the known memory, which then stays valid.
            learned.SupersedeBy(before);

            return before;
        }

        if (before is not null)
        {
            before.SupersedeBy(learned);
            known.Remove(before);
            ended.Add(before.ContentHash);
        }

        known.Add(learned);

        return learned;
    }

    private MemoryItem? FindSuperseded(MemoryCandidate candidate)
    {
        var earlier = candidate.SupersedesCandidate is { } position ? byPosition[position] : null;

        return known.Find(item => item.Id == candidate.Supersedes || item == earlier);
    }
}
