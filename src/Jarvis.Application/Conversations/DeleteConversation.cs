using Jarvis.Application.Common;
using Jarvis.Domain.Accounts;
using Jarvis.Domain.Common;
using Jarvis.Domain.Conversations;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Jarvis.Application.Conversations;

/// <summary>Deletes a conversation with its turns and its summary.</summary>
/// <param name="Forget">Also what memory holds from it; otherwise that stays, without its source.</param>
public sealed record DeleteConversation(UserId User, ConversationId Conversation, bool Forget) : IRequest<Result>;

internal sealed class DeleteConversationHandler(IJarvisDb db, AnswerDesk desk, IAnswersElsewhere elsewhere)
    : IRequestHandler<DeleteConversation, Result>
{
    public async Task<Result> Handle(DeleteConversation request, CancellationToken cancellationToken)
    {
        var conversation = await db.Conversations.OwnedBy(request.User)
            .SingleOrDefaultAsync(row => row.Id == request.Conversation, cancellationToken);
        if (conversation is null)
        {
            return ChatErrors.ConversationNotFound;
        }

        if (request.Forget)
        {
            var items = db.MemoryItems.OwnedBy(request.User).Where(item => item.ConversationId == request.Conversation);
            db.MemoryItems.RemoveRange(await items.ToListAsync(cancellationToken));
        }

        db.Conversations.Remove(conversation);
        await db.SaveChangesAsync(cancellationToken);
        desk.StopAll(request.Conversation);
        elsewhere.StopAll(request.Conversation);

        return Result.Ok;
    }
}
