using Jarvis.Application.Common;
using Jarvis.Domain.Common;
using Jarvis.Domain.Conversations;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Jarvis.Application.Conversations;

/// <summary>Marks one turn as failed. The caller knows that no process generates its answer. Ignores a turn that is not pending.</summary>
internal sealed record AbandonTurn(UserId User, TurnId Turn) : IRequest<Result>;

internal sealed class AbandonTurnHandler(IJarvisDb db, AnswerGenerator generator) : IRequestHandler<AbandonTurn, Result>
{
    public async Task<Result> Handle(AbandonTurn request, CancellationToken cancellationToken)
    {
        var turn = await db.Turns.OwnedBy(request.User)
            .SingleOrDefaultAsync(row => row.Id == request.Turn && row.Status == TurnStatus.Pending, cancellationToken);
        if (turn is not null && generator.Find(turn.Id) is null)
        {
            turn.Fail(ChatErrors.Abandoned);
            await db.SaveChangesAsync(cancellationToken);
        }

        return Result.Ok;
    }
}
