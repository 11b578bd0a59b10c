using Jarvis.Application.Common;
using Jarvis.Domain.Accounts;
using Jarvis.Domain.Common;
using Jarvis.Domain.Conversations;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Jarvis.Application.Conversations;

/// <summary>Ends a running answer and keeps what is there. A turn that is done already stays as it is.</summary>
public sealed record StopTurn(UserId User, TurnId Turn) : IRequest<Result>;

internal sealed class StopTurnHandler(IJarvisDb db, AnswerDesk desk, IAnswersElsewhere elsewhere) : IRequestHandler<StopTurn, Result>
{
    public async Task<Result> Handle(StopTurn request, CancellationToken cancellationToken)
    {
        if (!await db.Turns.OwnedBy(request.User).AnyAsync(turn => turn.Id == request.Turn, cancellationToken))
        {
            return ChatErrors.TurnNotFound;
        }

        if (!desk.TryStop(request.Turn))
        {
            elsewhere.Stop(request.Turn);
        }

        return Result.Ok;
    }
}
