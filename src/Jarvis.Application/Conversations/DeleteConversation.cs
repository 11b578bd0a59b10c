using Jarvis.Application.Common;
using Jarvis.Application.Memories;
using Jarvis.Domain.Common;
using Jarvis.Domain.Conversations;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Jarvis.Application.Conversations;

/// <summary>Deletes a conversation with its turns and its summary.</summary>
/// <param name="Forget">Also deletes the memories from the conversation. Otherwise they remain, without their source.</param>
public sealed record DeleteConversation(UserId User, ConversationId Conversation, bool Forget) : IRequest<Result>;

internal sealed class DeleteConversationHandler(IJarvisDb db, AnswerGenerator generator, IAnswerCancellationBus cancellationBus)
    : IRequestHandler<DeleteConversation, Result>
{
    public async Task<Result> Handle(DeleteConversation request, CancellationToken cancellationToken)
    {
        // The lock serializes this with workers: memories of a concurrent extraction are either deleted here or never stored.
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        await db.LockMemoryAsync(request.User, cancellationToken);
        var conversation = await db.Conversations.OwnedBy(request.User)
            .SingleOrDefaultAsync(row => row.Id == request.Conversation, cancellationToken);
        if (conversation is null)
        {
            return CommonErrors.ConversationNotFound;
        }

        if (request.Forget)
        {
            var items = db.MemoryItems.OwnedBy(request.User).Where(item => item.ConversationId == request.Conversation);
            db.MemoryItems.RemoveRange(await items.ToListAsync(cancellationToken));
        }

        db.Conversations.Remove(conversation);
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        generator.StopAll(request.Conversation);
        cancellationBus.PublishStopAll(request.Conversation);

        return Result.Ok;
    }
}
