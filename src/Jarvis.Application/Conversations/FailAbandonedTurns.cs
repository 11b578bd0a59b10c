using Jarvis.Application.Common;
using Jarvis.Domain.Common;
using Jarvis.Domain.Conversations;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Jarvis.Application.Conversations;

/// <summary>
/// Marks turns as failed that no process answers any more, so that the person can try them again. Answers with how many.
/// </summary>
/// <param name="AskedBefore">Pending turns from before this moment have nobody who still works on them.</param>
public sealed record FailAbandonedTurns(DateTimeOffset AskedBefore) : IRequest<Result<int>>;

internal sealed class FailAbandonedTurnsHandler(IJarvisDb db, AnswerDesk desk) : IRequestHandler<FailAbandonedTurns, Result<int>>
{
    public async Task<Result<int>> Handle(FailAbandonedTurns request, CancellationToken cancellationToken)
    {
        var pending = await db.Turns
            .Where(turn => turn.Status == TurnStatus.Pending && turn.Timestamp < request.AskedBefore)
            .ToListAsync(cancellationToken);
        var abandoned = pending.Where(turn => desk.Find(turn.Id) is null).ToList();

        abandoned.ForEach(turn => turn.Fail(ChatErrors.Abandoned));
        await db.SaveChangesAsync(cancellationToken);

        return abandoned.Count;
    }
}
