using Jarvis.Application.Common;
using Jarvis.Domain.Common;
using Jarvis.Domain.Memories;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Jarvis.Application.Memories;

/// <summary>
/// Forgets a memory permanently: deletes the item, adds a tombstone against a second extraction, and excludes the memory from
/// search and summaries.
/// </summary>
public sealed record ForgetMemory(UserId User, MemoryItemId Item) : IRequest<Result<Forgotten>>;

/// <param name="Summaries">Number of conversations whose summaries were changed.</param>
public sealed record Forgotten(int Summaries);

internal sealed class ForgetMemoryHandler(IJarvisDb db, IMemoryJobQueue jobs, TimeProvider clock) : IRequestHandler<ForgetMemory, Result<Forgotten>>
{
    public async Task<Result<Forgotten>> Handle(ForgetMemory request, CancellationToken cancellationToken)
    {
        // The lock keeps workers from writing a summary. A worker that is processing an older one starts again.
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        await db.LockMemoryAsync(request.User, cancellationToken);
        var item = await db.MemoryItems.OwnedBy(request.User).SingleOrDefaultAsync(row => row.Id == request.Item, cancellationToken);
        if (item is null)
        {
            return MemoryErrors.NotFound;
        }

        var sourcePrompt = await db.Turns.OwnedBy(request.User)
            .Where(turn => turn.Id == item.SourceTurnId)
            .Select(turn => turn.Prompt)
            .SingleOrDefaultAsync(cancellationToken);
        var config = await db.UserConfigs.OwnedBy(request.User).SingleAsync(cancellationToken);
        var changed = await db.EraseFromTurnsAsync(item, sourcePrompt, cancellationToken);
        db.Tombstones.Add(item.Forget(clock.GetUtcNow(), sourcePrompt is null ? null : ContentHash.Compute(sourcePrompt, config.MemoryKey)));
        db.MemoryItems.Remove(item);
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);

        foreach (var conversation in changed)
        {
            await jobs.EnqueueAsync(new MemoryJob(request.User, conversation), cancellationToken);
        }

        return new Forgotten(changed.Count);
    }
}
