using Jarvis.Application.Common;
using Jarvis.Domain.Common;
using Jarvis.Domain.Conversations;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Jarvis.Application.Conversations;

/// <summary>
/// Marks turns as failed that no process answers any more, so that the person can try them again. Answers with how many. A turn that
/// is tried again is as old as it was: its age alone does not tell.
/// </summary>
/// <param name="StaleBefore">Younger turns may have somebody who works on them and has not said so yet.</param>
/// <param name="ForceBefore">Older ones are given up also while nobody can tell who writes; null where only this process does.</param>
public sealed record FailAbandonedTurns(DateTimeOffset StaleBefore, DateTimeOffset? ForceBefore) : IRequest<Result<int>>;

internal sealed class FailAbandonedTurnsHandler(IJarvisDb db, AnswerGenerator generator, IActiveAnswerRegistry running) : IRequestHandler<FailAbandonedTurns, Result<int>>
{
    public async Task<Result<int>> Handle(FailAbandonedTurns request, CancellationToken cancellationToken)
    {
        var pending = await db.Turns
            .Where(turn => turn.Status == TurnStatus.Pending && turn.Timestamp < request.StaleBefore)
            .ToListAsync(cancellationToken);
        pending.RemoveAll(turn => generator.Find(turn.Id) is not null);
        if (request.ForceBefore is { } surely && pending.Count > 0)
        {
            var written = await running.FindAsync(pending.ConvertAll(turn => turn.Id), cancellationToken);
            pending.RemoveAll(turn => written?.Contains(turn.Id) ?? turn.Timestamp >= surely);
        }

        pending.ForEach(turn => turn.Fail(ChatErrors.Abandoned));
        await db.SaveChangesAsync(cancellationToken);

        return pending.Count;
    }
}
