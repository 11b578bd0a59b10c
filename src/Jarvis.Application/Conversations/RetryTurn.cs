using Jarvis.Application.Common;
using Jarvis.Domain.Accounts;
using Jarvis.Domain.Common;
using Jarvis.Domain.Conversations;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Jarvis.Application.Conversations;

/// <summary>Asks a failed turn's prompt once more, in its place.</summary>
/// <param name="Overheard">As in <see cref="AskChat"/>.</param>
public sealed record RetryTurn(UserId User, TurnId Turn, bool Overheard = false) : IRequest<Result<RunningAnswer>>;

internal sealed class RetryTurnHandler(IJarvisDb db, AnswerPreparation preparation, AnswerDesk desk)
    : IRequestHandler<RetryTurn, Result<RunningAnswer>>
{
    public async Task<Result<RunningAnswer>> Handle(RetryTurn request, CancellationToken cancellationToken)
    {
        var turn = await db.Turns.OwnedBy(request.User)
            .Include(row => row.Memories)
            .SingleOrDefaultAsync(row => row.Id == request.Turn, cancellationToken);
        if (turn is null)
        {
            return ChatErrors.TurnNotFound;
        }

        if (turn.Status != TurnStatus.Failed)
        {
            return ChatErrors.TurnNotFailed;
        }

        var prepared = await preparation.PrepareAsync(request.User, turn.ConversationId, turn.Id, turn.Prompt, memory: null, request.Overheard, cancellationToken);
        if (prepared.Error is { } error)
        {
            return error;
        }

        var answer = prepared.Value;
        turn.Retry();
        turn.Give(answer.Recall, answer.Recalled);
        await db.SaveChangesAsync(cancellationToken);

        return desk.Begin(turn, answer.Model, answer.Request, answer.Memories);
    }
}
