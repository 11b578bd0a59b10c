using Jarvis.Application.Common;
using Jarvis.Domain.Common;
using Jarvis.Domain.Conversations;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Jarvis.Application.Conversations;

/// <summary>Retries the prompt of a failed turn, in its place.</summary>
/// <param name="PublicAudience">See <see cref="AskChat"/>.</param>
public sealed record RetryTurn(UserId User, TurnId Turn, bool PublicAudience = false) : IRequest<Result<AnswerStream>>;

internal sealed class RetryTurnHandler(IJarvisDb db, ChatContextLoader contextLoader, AnswerGenerator generator)
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

        var loaded = await contextLoader.LoadAsync(request.User, turn.ConversationId, turn.Id, turn.Prompt, memory: null, request.PublicAudience, cancellationToken);
        if (loaded.Error is { } error)
        {
            return error;
        }

        var context = loaded.Value;
        turn.Retry();
        turn.RecordMemories(context.MemoryUsage, context.Citations);
        await db.SaveChangesAsync(cancellationToken);

        return generator.Start(turn, context.Model, context.Request, context.Memories);
    }
}
