using FluentValidation;
using Jarvis.Application.Common;
using Jarvis.Domain.Common;
using Jarvis.Domain.Memories;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Jarvis.Application.Memories;

/// <summary>
/// Imports memories from an export, with their dates, pins and history. Known memories stay unchanged and forgotten ones stay
/// forgotten, so a second import of the same file does not change anything.
/// </summary>
public sealed record ImportMemory(UserId User, MemoryFile File) : IRequest<Result<ImportedMemory>>
{
    public const int MaxItems = 20_000;
}

/// <param name="Imported">Number of new memories.</param>
/// <param name="Known">Number of memories that already existed.</param>
/// <param name="Forgotten">Number of memories that stay forgotten.</param>
public sealed record ImportedMemory(int Imported, int Known, int Forgotten);

internal sealed class ImportMemoryValidator : AbstractValidator<ImportMemory>
{
    public ImportMemoryValidator() => RuleFor(import => import.File).Custom(MemoryFileValidator.Validate);
}

internal sealed class ImportMemoryHandler(IJarvisDb db, TimeProvider clock) : IRequestHandler<ImportMemory, Result<ImportedMemory>>
{
    /// <summary>Number of ids per statement; SQLite accepts a few thousand.</summary>
    private const int IdBatchSize = 500;

    public async Task<Result<ImportedMemory>> Handle(ImportMemory request, CancellationToken cancellationToken)
    {
        var file = request.File.Items!.Select(item => item!).ToList();
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        await db.LockMemoryAsync(request.User, cancellationToken);
        var config = await db.UserConfigs.OwnedBy(request.User).SingleAsync(cancellationToken);
        var forgotten = (await db.Tombstones.OwnedBy(request.User).Select(tombstone => tombstone.ContentHash).ToListAsync(cancellationToken)).ToHashSet();
        var known = new KnownItems(await db.MemoryItems.OwnedBy(request.User)
            .Select(item => new KnownItem(item.Id, item.ContentHash, item.ValidFrom, item.ValidTo == null))
            .ToListAsync(cancellationToken));
        var sources = await LoadSourcesAsync(request.User, file, cancellationToken);

        var here = new Dictionary<Guid, MemoryItemId>();
        var added = new List<(MemoryFileItem Row, MemoryItem Item)>();
        var stayForgotten = 0;
        foreach (var row in file)
        {
            var hash = ContentHash.Compute(row.Content!.Trim(), config.MemoryKey);
            var dates = ParseDates(row);
            var same = known.Find(hash, dates);
            if (same is null && forgotten.Contains(hash))
            {
                stayForgotten++;
                continue;
            }

            if (same is null)
            {
                var source = row.TurnId is { } turn && sources.TryGetValue(new TurnId(turn), out var conversation)
                    ? (conversation, new TurnId(turn))
                    : ((ConversationId, TurnId)?)null;
                var item = MemoryItem.Restore(
                    request.User, source, row.Kind!.Value, row.Content!.Trim(), new Salience(row.Salience ?? MemoryFileValidator.DefaultSalience), hash, row.Pinned ?? false, dates);
                added.Add((row, item));
                same = item.Id;
                known.Add(new KnownItem(item.Id, hash, item.ValidFrom, item.ValidTo is null));
            }

            if (row.Id is { } id)
            {
                here[id] = same.Value;
            }
        }

        await StoreAsync(added, here, cancellationToken);
        await transaction.CommitAsync(cancellationToken);

        return new ImportedMemory(added.Count, file.Count - added.Count - stayForgotten, stayForgotten);
    }

    // Links successors in a second pass, because a successor can follow later in the file.
    private async Task StoreAsync(List<(MemoryFileItem Row, MemoryItem Item)> added, Dictionary<Guid, MemoryItemId> here, CancellationToken cancellationToken)
    {
        db.MemoryItems.AddRange(added.Select(one => one.Item));
        await db.SaveChangesAsync(cancellationToken);
        foreach (var (row, item) in added)
        {
            if (row.SupersededBy is { } next && here.TryGetValue(next, out var newer) && newer != item.Id)
            {
                item.SetSuccessor(newer);
            }
        }

        await db.SaveChangesAsync(cancellationToken);
    }

    private async Task<Dictionary<TurnId, ConversationId>> LoadSourcesAsync(UserId user, List<MemoryFileItem> file, CancellationToken cancellationToken)
    {
        var sources = new Dictionary<TurnId, ConversationId>();
        foreach (var some in file.Select(row => row.TurnId).OfType<Guid>().Select(id => new TurnId(id)).Distinct().Chunk(IdBatchSize))
        {
            var found = await db.Turns.OwnedBy(user)
                .Where(turn => some.Contains(turn.Id))
                .Select(turn => new { turn.Id, turn.ConversationId })
                .ToListAsync(cancellationToken);
            found.ForEach(turn => sources[turn.Id] = turn.ConversationId);
        }

        return sources;
    }

    private MemoryDates ParseDates(MemoryFileItem row)
    {
        var now = clock.GetUtcNow();
        var created = ToUtc(row.CreatedAt ?? row.ValidFrom ?? now);

        return new MemoryDates(created, row.EditedAt is { } edited ? ToUtc(edited) : null, ToUtc(row.ValidFrom ?? created), row.ValidTo is { } ended ? ToUtc(ended) : null);
    }

    // Rounds to microseconds, the precision of PostgreSQL, so that a second import of the file finds the same dates.
    private static DateTimeOffset ToUtc(DateTimeOffset time) => new(time.UtcTicks - (time.UtcTicks % TimeSpan.TicksPerMicrosecond), TimeSpan.Zero);

    private sealed record KnownItem(MemoryItemId Id, ContentHash Hash, DateTimeOffset ValidFrom, bool Holds);

    private sealed class KnownItems(IEnumerable<KnownItem> items)
    {
        private readonly Dictionary<ContentHash, List<KnownItem>> byHash = items.GroupBy(item => item.Hash).ToDictionary(group => group.Key, group => group.ToList());

        public void Add(KnownItem item)
        {
            if (!byHash.TryAdd(item.Hash, [item]))
            {
                byHash[item.Hash].Add(item);
            }
        }

        // A valid memory is stored once. History can contain the same content with different dates.
        public MemoryItemId? Find(ContentHash hash, MemoryDates dates) => byHash.GetValueOrDefault(hash)?
            .Find(item => ToUtc(item.ValidFrom) == dates.ValidFrom || (item.Holds && dates.ValidTo is null))?.Id;
    }
}
