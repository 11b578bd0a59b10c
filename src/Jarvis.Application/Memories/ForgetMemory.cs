using Jarvis.Application.Common;
using Jarvis.Domain.Accounts;
using Jarvis.Domain.Common;
using Jarvis.Domain.Memories;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Jarvis.Application.Memories;

/// <summary>
/// Forgets for good: the item goes, a tombstone keeps it from being extracted again, no turn that holds it is quoted, and no
/// summary tells it.
/// </summary>
public sealed record ForgetMemory(UserId User, MemoryItemId Item) : IRequest<Result<Forgotten>>;

/// <param name="Summaries">How many chats' summaries were changed so that they no longer tell it.</param>
public sealed record Forgotten(int Summaries);

internal sealed class ForgetMemoryHandler(IJarvisDb db, IMemoryJobQueue jobs, TimeProvider clock) : IRequestHandler<ForgetMemory, Result<Forgotten>>
{
    public async Task<Result<Forgotten>> Handle(ForgetMemory request, CancellationToken cancellationToken)
    {
        // No worker writes a summary meanwhile, and one that is at work on an older one begins again.
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        await db.LockMemoryAsync(request.User, cancellationToken);
        var item = await db.MemoryItems.OwnedBy(request.User).SingleOrDefaultAsync(row => row.Id == request.Item, cancellationToken);
        if (item is null)
        {
            return MemoryErrors.NotFound;
        }

        var said = await db.Turns.OwnedBy(request.User)
            .Where(turn => turn.Id == item.SourceTurnId)
            .Select(turn => turn.Prompt)
            .SingleOrDefaultAsync(cancellationToken);
        var config = await db.UserConfigs.OwnedBy(request.User).SingleAsync(cancellationToken);
        var changed = await db.EraseFromTurnsAsync(item, said, cancellationToken);
        db.Tombstones.Add(item.Forget(clock.GetUtcNow(), said is null ? null : ContentHash.Compute(said, config.MemoryKey)));
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
