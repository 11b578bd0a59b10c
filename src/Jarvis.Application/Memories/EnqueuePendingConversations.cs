using Jarvis.Application.Common;
using Jarvis.Domain.Common;
using Jarvis.Domain.Conversations;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Jarvis.Application.Memories;

/// <summary>
/// The sweep: queues every conversation with answered turns that memory has not taken in, and every one whose summary is to be
/// written anew, whatever became of their jobs. Not for turns that were imported, of which there may be very many:
/// <see cref="ListPendingImports"/> has those. Answers with how many.
/// </summary>
/// <param name="AnsweredBefore">Younger turns have a job of their own on its way.</param>
public sealed record EnqueuePendingConversations(DateTimeOffset AnsweredBefore) : IRequest<Result<int>>;

internal sealed class EnqueuePendingConversationsHandler(IJarvisDb db, IMemoryJobQueue jobs) : IRequestHandler<EnqueuePendingConversations, Result<int>>
{
    public async Task<Result<int>> Handle(EnqueuePendingConversations request, CancellationToken cancellationToken)
    {
        var behind = await db.Turns
            .Where(turn => turn.Status == TurnStatus.Completed && turn.RememberedAt == null)
            .Where(turn => turn.ExternalId == null && turn.Timestamp < request.AnsweredBefore)
            .Select(turn => new { turn.UserId, turn.ConversationId })
            .Distinct()
            .ToListAsync(cancellationToken);
        var cut = await db.ConversationSummaries
            .Where(summary => summary.Rebuild)
            .Select(summary => new { summary.UserId, summary.ConversationId })
            .ToListAsync(cancellationToken);
        behind = [.. behind.Union(cut)];
        foreach (var conversation in behind)
        {
            await jobs.EnqueueAsync(new MemoryJob(conversation.UserId, conversation.ConversationId), cancellationToken);
        }

        return behind.Count;
    }
}
