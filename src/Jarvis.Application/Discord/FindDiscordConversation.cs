using Jarvis.Application.Common;
using Jarvis.Domain.Common;
using Jarvis.Domain.Discord;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Jarvis.Application.Discord;

/// <summary>
/// Returns the conversation that a question in this scope continues; null to start a new one. A public scope does not continue a
/// conversation that the user continued in private, because other people read the answers.
/// </summary>
internal sealed record FindDiscordConversation(UserId User, DiscordScope Scope) : IRequest<ConversationId?>;

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
