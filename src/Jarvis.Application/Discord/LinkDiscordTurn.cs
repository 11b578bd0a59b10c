using Jarvis.Application.Common;
using Jarvis.Domain.Common;
using Jarvis.Domain.Conversations;
using Jarvis.Domain.Discord;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Jarvis.Application.Discord;

/// <summary>In which turn the question was asked; the next one from there goes on in its conversation.</summary>
public sealed record LinkDiscordTurn(DiscordQuestion Question, ConversationId Conversation, TurnId Turn) : IRequest<Result>;

internal sealed class LinkDiscordTurnHandler(IJarvisDb db, TimeProvider clock) : IRequestHandler<LinkDiscordTurn, Result>
{
    public async Task<Result> Handle(LinkDiscordTurn request, CancellationToken cancellationToken)
    {
        var (asked, turn) = (request.Question, request.Turn);
        var key = asked.Scope.Key;
        await db.DiscordQuestions.OwnedBy(asked.UserId)
            .Where(row => row.Id == asked.Id)
            .ExecuteUpdateAsync(row => row.SetProperty(changed => changed.TurnId, turn), cancellationToken);
        var kept = await db.DiscordConversations.OwnedBy(asked.UserId).SingleOrDefaultAsync(row => row.ScopeKey == key, cancellationToken);
        if (kept is null)
        {
            db.DiscordConversations.Add(
                DiscordConversation.Start(asked.UserId, asked.Scope, asked.DiscordUserId, request.Conversation, turn, clock.GetUtcNow()));
        }
        else
        {
            kept.Continue(asked.DiscordUserId, request.Conversation, turn);
        }

        await db.SaveChangesAsync(cancellationToken);

        return Result.Ok;
    }
}
