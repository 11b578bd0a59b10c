using Jarvis.Application.Common;
using Jarvis.Domain.Common;
using Jarvis.Domain.Conversations;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Jarvis.Application.Conversations;

/// <summary>
/// Marks turns as failed that no process answers, so that the person can retry them. Returns the number of turns. The age of a turn
/// is not sufficient, because a retry does not change it.
/// </summary>
/// <param name="StaleBefore">Younger turns can have a process that has not sent its first heartbeat.</param>
/// <param name="ForceBefore">Older turns are marked even if the registry of active answers is unavailable; null if this is the only process.</param>
public sealed record FailAbandonedTurns(DateTimeOffset StaleBefore, DateTimeOffset? ForceBefore) : IRequest<Result<int>>;

internal sealed class FailAbandonedTurnsHandler(IJarvisDb db, AnswerGenerator generator, IActiveAnswerRegistry running) : IRequestHandler<FailAbandonedTurns, Result<int>>
{
    public async Task<Result<int>> Handle(FailAbandonedTurns request, CancellationToken cancellationToken)
    {
        var pending = await db.Turns
            .Where(turn => turn.Status == TurnStatus.Pending && turn.Timestamp < request.StaleBefore)
            .ToListAsync(cancellationToken);
        pending.RemoveAll(turn => generator.Find(turn.Id) is not null);
        if (request.ForceBefore is { } forceBefore && pending.Count > 0)
        {
            var written = await running.FindAsync(pending.ConvertAll(turn => turn.Id), cancellationToken);
            pending.RemoveAll(turn => written?.Contains(turn.Id) ?? turn.Timestamp >= forceBefore);
        }

        pending.ForEach(turn => turn.Fail(ChatErrors.Abandoned));
        await db.SaveChangesAsync(cancellationToken);

        return pending.Count;
    }
}
