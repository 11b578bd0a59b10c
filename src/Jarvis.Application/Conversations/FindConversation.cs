using AutoMapper;
using AutoMapper.QueryableExtensions;
using Jarvis.Application.Common;
using Jarvis.Domain.Common;
using Jarvis.Domain.Conversations;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Jarvis.Application.Conversations;

public sealed record FindConversation(UserId User, ConversationId Conversation) : IRequest<Result<ConversationRow>>;

internal sealed class FindConversationHandler(IJarvisDb db, IConfigurationProvider mapping)
    : IRequestHandler<FindConversation, Result<ConversationRow>>
{
    public async Task<Result<ConversationRow>> Handle(FindConversation request, CancellationToken cancellationToken)
    {
        var conversation = await db.Conversations.OwnedBy(request.User)
            .Where(row => row.Id == request.Conversation)
            .ProjectTo<ConversationRow>(mapping)
            .SingleOrDefaultAsync(cancellationToken);

        return conversation is null ? CommonErrors.ConversationNotFound : conversation;
    }
}
