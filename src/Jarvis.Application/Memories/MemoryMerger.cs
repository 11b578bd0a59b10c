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

    /// <summary>Of what is known only what these candidates may repeat or end: there may be thousands of others.</summary>
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

    /// <summary>Candidates in their order: a later one may end an earlier one.</summary>
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
            // It was said here as well, so search must not find it here either.
            source.ExcludeFromRecall();

            return null;
        }

        if (ended.Contains(hash))
        {
            // What ends it and what tells it again came in one reading, which cannot be both.
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
            // A turn that failed and was retried later: what was said after it holds still.
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
