using Jarvis.Application.Common;
using Jarvis.Domain.Common;
using Jarvis.Domain.Conversations;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Jarvis.Application.Conversations;

/// <summary>Stops a running answer and keeps its text so far. Ignores a completed turn.</summary>
public sealed record StopTurn(UserId User, TurnId Turn) : IRequest<Result>;

internal sealed class StopTurnHandler(IJarvisDb db, AnswerGenerator generator, IAnswerCancellationBus cancellationBus) : IRequestHandler<StopTurn, Result>
{
    public async Task<Result> Handle(StopTurn request, CancellationToken cancellationToken)
    {
        var status = await db.Turns.OwnedBy(request.User)
            .Where(turn => turn.Id == request.Turn)
            .Select(turn => (TurnStatus?)turn.Status)
            .SingleOrDefaultAsync(cancellationToken);
        if (status is null)
        {
            return ChatErrors.TurnNotFound;
        }

        // A second stop must not affect the answer of a later retry.
        if (status == TurnStatus.Pending && !generator.TryStop(request.Turn))
        {
            cancellationBus.PublishStop(request.Turn);
        }

        return Result.Ok;
    }
}
