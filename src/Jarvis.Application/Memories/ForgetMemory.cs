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
        var item = await db.MemoryItems.OwnedBy(request.User).SingleOrDefaultAsync(row => row.Id == request.Item, cancellationToken);
        if (item is null)
        {
            return MemoryErrors.NotFound;
        }

        // The turn it was learned from, and those whose answers were given it and may repeat it.
        var holding = await db.Turns.OwnedBy(request.User)
            .Where(turn => turn.Id == item.SourceTurnId || turn.Memories.Any(memory => memory.MemoryItemId == item.Id))
            .ToListAsync(cancellationToken);
        holding.ForEach(turn => turn.LeaveUnquoted());

        var conversations = holding.Select(turn => turn.ConversationId).Distinct().ToList();
        var summaries = await db.ConversationSummaries.OwnedBy(request.User)
            .Where(summary => conversations.Contains(summary.ConversationId))
            .ToListAsync(cancellationToken);
        summaries.ForEach(summary => summary.Forget(item));

        db.Tombstones.Add(item.Forget(clock.GetUtcNow()));
        db.MemoryItems.Remove(item);
        await db.SaveChangesAsync(cancellationToken);

        return Result.Ok;
    }
}
