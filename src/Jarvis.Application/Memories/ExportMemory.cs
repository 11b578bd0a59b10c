using Jarvis.Application.Common;
using Jarvis.Domain.Common;
using Jarvis.Domain.Memories;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Jarvis.Application.Memories;

/// <summary>Exports all memories of a person, for backup or for <see cref="ImportMemory"/>.</summary>
public sealed record ExportMemory(UserId User) : IRequest<MemoryExport>;

/// <summary>Streams the rows while they are written, from the database of the request.</summary>
/// <param name="Forgotten">Keyed hashes of forgotten memories, which are meaningless without the key.</param>
public sealed record MemoryExport(
    string Format,
    int Version,
    DateTimeOffset ExportedAt,
    IAsyncEnumerable<ExportedMemory> Items,
    IAsyncEnumerable<ExportedTombstone> Forgotten)
{
    public const string FormatName = "jarvis-memory";
    public const int FormatVersion = 1;
}

/// <param name="SupersededBy">Id of another item in the same file.</param>
/// <param name="TurnId">Source turn in the exporting installation.</param>
public sealed record ExportedMemory(
    Guid Id,
    MemoryKind Kind,
    string Content,
    float Salience,
    bool Pinned,
    DateTimeOffset CreatedAt,
    DateTimeOffset? EditedAt,
    DateTimeOffset ValidFrom,
    DateTimeOffset? ValidTo,
    Guid? SupersededBy,
    Guid? TurnId);

public sealed record ExportedTombstone(string Hash, DateTimeOffset ForgottenAt);

internal sealed class ExportMemoryHandler(IJarvisDb db, TimeProvider clock) : IRequestHandler<ExportMemory, MemoryExport>
{
    public Task<MemoryExport> Handle(ExportMemory request, CancellationToken cancellationToken)
    {
        var items = db.MemoryItems.OwnedBy(request.User).AsNoTracking().OrderBy(item => item.Id).AsAsyncEnumerable().Select(ToExport);
        var forgotten = db.Tombstones.OwnedBy(request.User).AsNoTracking().OrderBy(tombstone => tombstone.Id).AsAsyncEnumerable()
            .Select(tombstone => new ExportedTombstone(tombstone.ContentHash.Value, tombstone.CreatedAt));

        return Task.FromResult(new MemoryExport(MemoryExport.FormatName, MemoryExport.FormatVersion, clock.GetUtcNow(), items, forgotten));
    }

    private static ExportedMemory ToExport(MemoryItem item) => new(
        item.Id.Value,
        item.Kind,
        item.Content,
        item.Salience.Value,
        item.Pinned,
        item.CreatedAt,
        item.EditedAt,
        item.ValidFrom,
        item.ValidTo,
        item.SupersededBy?.Value,
        item.SourceTurnId?.Value);
}
