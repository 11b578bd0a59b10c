using Jarvis.Application.Common;
using Jarvis.Domain.Common;
using Jarvis.Domain.Discord;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Jarvis.Application.Discord;

/// <summary>
/// The conversation that goes on there; null for a new one. What is said before others goes on only as long as it was said before
/// others all along: one that was continued elsewhere, where nobody else listens, is left there.
/// </summary>
public sealed record FindDiscordConversation(UserId User, DiscordScope Scope) : IRequest<ConversationId?>;

internal sealed class FindDiscordConversationHandler(IJarvisDb db) : IRequestHandler<FindDiscordConversation, ConversationId?>
{
    public async Task<ConversationId?> Handle(FindDiscordConversation request, CancellationToken cancellationToken)
    {
        var (key, isPublic) = (request.Scope.Key, request.Scope.IsPublic);

        return await db.DiscordConversations.OwnedBy(request.User)
            .Where(row => row.ScopeKey == key)
            .Where(row => !isPublic || !db.Turns.OwnedBy(request.User).Any(turn => turn.ConversationId == row.ConversationId && turn.Id > row.LastTurnId))
            .Select(row => (ConversationId?)row.ConversationId)
            .SingleOrDefaultAsync(cancellationToken);
    }
}
