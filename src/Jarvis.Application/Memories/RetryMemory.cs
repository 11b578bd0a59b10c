using Jarvis.Application.Common;
using Jarvis.Application.Conversations;
using Jarvis.Domain.Accounts;
using Jarvis.Domain.Common;
using Jarvis.Domain.Conversations;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Jarvis.Application.Memories;

/// <summary>Lets memory read a conversation again that it gave up.</summary>
public sealed record RetryMemory(UserId User, ConversationId Conversation) : IRequest<Result>;

internal sealed class RetryMemoryHandler(IJarvisDb db, IMemoryJobQueue jobs) : IRequestHandler<RetryMemory, Result>
{
    public async Task<Result> Handle(RetryMemory request, CancellationToken cancellationToken)
    {
        if (!await db.Conversations.OwnedBy(request.User).AnyAsync(row => row.Id == request.Conversation, cancellationToken))
        {
            return ChatErrors.ConversationNotFound;
        }

        await jobs.RetryAsync(new MemoryJob(request.User, request.Conversation), cancellationToken);

        return Result.Ok;
    }
}
