using Jarvis.Application.Common;
using Jarvis.Domain.Accounts;
using Jarvis.Domain.Common;
using Jarvis.Domain.Conversations;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Jarvis.Application.Conversations;

/// <summary>Ends a running answer and keeps what is there. A turn that is done already stays as it is.</summary>
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

        // A second press must not stop the answer that is tried after the first.
        if (status == TurnStatus.Pending && !generator.TryStop(request.Turn))
        {
            cancellationBus.PublishStop(request.Turn);
        }

        return Result.Ok;
    }
}
