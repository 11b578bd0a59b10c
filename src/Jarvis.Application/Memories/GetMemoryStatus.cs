using Jarvis.Application.Common;
using Jarvis.Application.Conversations;
using Jarvis.Domain.Accounts;
using Jarvis.Domain.Common;
using Jarvis.Domain.Conversations;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Jarvis.Application.Memories;

/// <summary>How far memory is with a conversation.</summary>
public sealed record GetMemoryStatus(UserId User, ConversationId Conversation) : IRequest<Result<MemoryStatus>>;

public enum MemoryState
{
    Idle,
    Queued,
    Running,
    Retrying,
    Failed,
}

/// <param name="TurnsBehind">Answered turns that memory has not taken in.</param>
/// <param name="Extractor"><c>llm</c> or <c>heuristic</c>.</param>
public sealed record MemoryStatus(MemoryState State, int TurnsBehind, string? LastError, string Extractor);

internal sealed class GetMemoryStatusHandler(IJarvisDb db, IMemoryJobQueue jobs, IMemoryExtractor extractor)
    : IRequestHandler<GetMemoryStatus, Result<MemoryStatus>>
{
    public async Task<Result<MemoryStatus>> Handle(GetMemoryStatus request, CancellationToken cancellationToken)
    {
        if (!await db.Conversations.OwnedBy(request.User).AnyAsync(row => row.Id == request.Conversation, cancellationToken))
        {
            return ChatErrors.ConversationNotFound;
        }

        var behind = await db.Turns.OwnedBy(request.User).CountAsync(
            turn => turn.ConversationId == request.Conversation && turn.Status == TurnStatus.Completed && turn.RememberedAt == null,
            cancellationToken);
        var job = await jobs.FindAsync(new MemoryJob(request.User, request.Conversation), cancellationToken);

        return new MemoryStatus(StateOf(job, behind), behind, job?.LastError, extractor.Name);
    }

    // Behind without a job: the sweep will queue it.
    private static MemoryState StateOf(MemoryJobState? job, int behind) => job?.Phase switch
    {
        MemoryJobPhase.Queued => MemoryState.Queued,
        MemoryJobPhase.Running => MemoryState.Running,
        MemoryJobPhase.Retrying => MemoryState.Retrying,
        MemoryJobPhase.Dead => MemoryState.Failed,
        null => behind > 0 ? MemoryState.Queued : MemoryState.Idle,
    };
}
