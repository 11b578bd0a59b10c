using Jarvis.Application.Common;
using Jarvis.Domain.Accounts;
using Jarvis.Domain.Common;
using Jarvis.Domain.Conversations;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Jarvis.Application.Conversations;

/// <summary>Asks a failed turn's prompt once more, in its place.</summary>
/// <param name="Overheard">As in <see cref="AskChat"/>.</param>
public sealed record RetryTurn(UserId User, TurnId Turn, bool Overheard = false) : IRequest<Result<AnswerStream>>;

internal sealed class RetryTurnHandler(IJarvisDb db, ChatContextLoader preparation, AnswerGenerator generator)
    : IRequestHandler<RetryTurn, Result<AnswerStream>>
{
    public async Task<Result<AnswerStream>> Handle(RetryTurn request, CancellationToken cancellationToken)
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

        var prepared = await preparation.LoadAsync(request.User, turn.ConversationId, turn.Id, turn.Prompt, memory: null, request.Overheard, cancellationToken);
        if (prepared.Error is { } error)
        {
            return error;
        }

        var answer = prepared.Value;
        turn.Retry();
        turn.RecordMemories(answer.MemoryUsage, answer.Citations);
        await db.SaveChangesAsync(cancellationToken);

        return generator.Start(turn, answer.Model, answer.Request, answer.Memories);
    }
}
