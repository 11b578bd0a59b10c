using Jarvis.Application.Common;
using Jarvis.Domain.Common;
using Jarvis.Domain.Conversations;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Jarvis.Application.Memories;

/// <summary>Queues the dead-lettered job of a conversation again.</summary>
public sealed record RetryMemory(UserId User, ConversationId Conversation) : IRequest<Result>;

internal sealed class RetryMemoryHandler(IJarvisDb db, IMemoryJobQueue jobs) : IRequestHandler<RetryMemory, Result>
{
    public async Task<Result> Handle(RetryMemory request, CancellationToken cancellationToken)
    {
        if (!await db.Conversations.OwnedBy(request.User).AnyAsync(row => row.Id == request.Conversation, cancellationToken))
        {
            return CommonErrors.ConversationNotFound;
        }

        await jobs.RetryAsync(new MemoryJob(request.User, request.Conversation), cancellationToken);

        return Result.Ok;
    }
}
