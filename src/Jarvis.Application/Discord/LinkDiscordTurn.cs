using Jarvis.Application.Common;
using Jarvis.Domain.Common;
using Jarvis.Domain.Conversations;
using Jarvis.Domain.Discord;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Jarvis.Application.Discord;

/// <summary>Stores the turn of a question. The next question in the same scope continues its conversation.</summary>
internal sealed record LinkDiscordTurn(DiscordQuestion Question, ConversationId Conversation, TurnId Turn) : IRequest<Result>;

internal sealed class LinkDiscordTurnHandler(IJarvisDb db, TimeProvider clock) : IRequestHandler<LinkDiscordTurn, Result>
{
    public async Task<Result> Handle(LinkDiscordTurn request, CancellationToken cancellationToken)
    {
        var (question, turn) = (request.Question, request.Turn);
        var key = question.Scope.Key;
        await db.DiscordQuestions.OwnedBy(question.UserId)
            .Where(row => row.Id == question.Id)
            .ExecuteUpdateAsync(row => row.SetProperty(changed => changed.TurnId, turn), cancellationToken);
        var conversation = await db.DiscordConversations.OwnedBy(question.UserId).SingleOrDefaultAsync(row => row.ScopeKey == key, cancellationToken);
        if (conversation is null)
        {
            db.DiscordConversations.Add(
                DiscordConversation.Start(question.UserId, question.Scope, question.DiscordUserId, request.Conversation, turn, clock.GetUtcNow()));
        }
        else
        {
            conversation.Continue(question.DiscordUserId, request.Conversation, turn);
        }

        await db.SaveChangesAsync(cancellationToken);

        return Result.Ok;
    }
}
