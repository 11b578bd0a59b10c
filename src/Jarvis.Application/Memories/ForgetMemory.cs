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
public sealed record ForgetMemory(UserId User, MemoryItemId Item) : IRequest<Result>;

internal sealed class ForgetMemoryHandler(IJarvisDb db, TimeProvider clock) : IRequestHandler<ForgetMemory, Result>
{
    public async Task<Result> Handle(ForgetMemory request, CancellationToken cancellationToken)
    {
        // No worker writes a summary meanwhile, and one that is at work on an older one begins again.
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        await db.LockMemoryAsync(request.User, cancellationToken);
        var item = await db.MemoryItems.OwnedBy(request.User).SingleOrDefaultAsync(row => row.Id == request.Item, cancellationToken);
        if (item is null)
        {
            return MemoryErrors.NotFound;
        }

        // The turn it was learned from, others in which the same was said (an imported chat may be there twice), and those whose
        // answers were given it and may repeat it. Past the rows' own state, because an answer that is just being stored must
        // not keep a person from forgetting.
        var said = await db.Turns.OwnedBy(request.User)
            .Where(turn => turn.Id == item.SourceTurnId)
            .Select(turn => turn.Prompt)
            .SingleOrDefaultAsync(cancellationToken);
        var holding = db.Turns.OwnedBy(request.User).Where(turn =>
            turn.Id == item.SourceTurnId || turn.Prompt == said || turn.Memories.Any(memory => memory.MemoryItemId == item.Id));
        await holding.ExecuteUpdateAsync(row => row.SetProperty(turn => turn.Recallable, false), cancellationToken);

        var summaries = await db.ConversationSummaries.OwnedBy(request.User)
            .Where(summary => holding.Any(turn => turn.ConversationId == summary.ConversationId))
            .ToListAsync(cancellationToken);
        summaries.ForEach(summary => summary.Forget(item));

        var config = await db.UserConfigs.OwnedBy(request.User).SingleAsync(cancellationToken);
        db.Tombstones.Add(item.Forget(clock.GetUtcNow(), said is null ? null : ContentHash.Of(said, config.MemoryKey)));
        db.MemoryItems.Remove(item);
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);

        return Result.Ok;
    }
}
