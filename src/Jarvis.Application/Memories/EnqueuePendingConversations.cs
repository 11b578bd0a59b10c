using Jarvis.Application.Common;
using Jarvis.Domain.Common;
using Jarvis.Domain.Conversations;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Jarvis.Application.Memories;

/// <summary>
/// Queues every conversation with unprocessed turns or with a summary to rebuild, regardless of its job. Excludes imported
/// turns, because there can be very many: see <see cref="ListPendingImports"/>. Returns the number of conversations.
/// </summary>
/// <param name="AnsweredBefore">Younger turns have their own job, which is about to be queued.</param>
public sealed record EnqueuePendingConversations(DateTimeOffset AnsweredBefore) : IRequest<Result<int>>;

internal sealed class EnqueuePendingConversationsHandler(IJarvisDb db, IMemoryJobQueue jobs) : IRequestHandler<EnqueuePendingConversations, Result<int>>
{
    public async Task<Result<int>> Handle(EnqueuePendingConversations request, CancellationToken cancellationToken)
    {
        var pending = await db.Turns
            .Where(turn => turn.Status == TurnStatus.Completed && turn.RememberedAt == null)
            .Where(turn => turn.ExternalId == null && turn.Timestamp < request.AnsweredBefore)
            .Select(turn => new { turn.UserId, turn.ConversationId })
            .Distinct()
            .ToListAsync(cancellationToken);
        var incomplete = await db.ConversationSummaries
            .Where(summary => summary.Rebuild)
            .Select(summary => new { summary.UserId, summary.ConversationId })
            .ToListAsync(cancellationToken);
        pending = [.. pending.Union(incomplete)];
        foreach (var conversation in pending)
        {
            await jobs.EnqueueAsync(new MemoryJob(conversation.UserId, conversation.ConversationId), cancellationToken);
        }

        return pending.Count;
    }
}
