using Jarvis.Application.Common;
using Jarvis.Domain.Common;
using Jarvis.Domain.Conversations;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Jarvis.Application.Memories;

/// <summary>Returns the state of memory extraction for a conversation.</summary>
public sealed record GetMemoryStatus(UserId User, ConversationId Conversation) : IRequest<Result<MemoryStatus>>;

public enum MemoryState
{
    Idle,
    Queued,
    Running,
    Retrying,
    Failed,
}

/// <param name="TurnsBehind">Completed turns that memory has not processed.</param>
/// <param name="Extractor"><c>llm</c> or <c>heuristic</c>.</param>
/// <param name="WithoutMemory">The conversation neither uses nor creates memories.</param>
public sealed record MemoryStatus(MemoryState State, int TurnsBehind, MemoryFailure? LastError, string Extractor, bool WithoutMemory);

/// <param name="Code">Stable and dotted; empty if it is unknown.</param>
public sealed record MemoryFailure(string Code, string Message, IReadOnlyList<string> Arguments)
{
    /// <param name="text">Text in the format of <see cref="MemoryJobState.LastError"/>.</param>
    public static MemoryFailure From(string text, IReadOnlyList<string>? arguments)
    {
        var end = text.IndexOf(": ", StringComparison.Ordinal);
        var hasCode = end > 0 && !text[..end].Contains(' ');

        return new MemoryFailure(hasCode ? text[..end] : "", hasCode ? text[(end + 2)..] : text, arguments ?? []);
    }
}

internal sealed class GetMemoryStatusHandler(IJarvisDb db, IMemoryJobQueue jobs, IMemoryExtractor extractor)
    : IRequestHandler<GetMemoryStatus, Result<MemoryStatus>>
{
    public async Task<Result<MemoryStatus>> Handle(GetMemoryStatus request, CancellationToken cancellationToken)
    {
        var found = await (
            from conversation in db.Conversations.OwnedBy(request.User)
            where conversation.Id == request.Conversation
            from config in db.UserConfigs.OwnedBy(request.User)
            select new { conversation.WithoutMemory, config.LocalModelsOnly }).SingleOrDefaultAsync(cancellationToken);
        if (found is null)
        {
            return CommonErrors.ConversationNotFound;
        }

        var extractorName = found.LocalModelsOnly ? extractor.LocalOnlyName : extractor.Name;
        if (found.WithoutMemory)
        {
            return new MemoryStatus(MemoryState.Idle, TurnsBehind: 0, LastError: null, extractorName, WithoutMemory: true);
        }

        var pending = await db.Turns.OwnedBy(request.User).CountAsync(
            turn => turn.ConversationId == request.Conversation && turn.Status == TurnStatus.Completed && turn.RememberedAt == null,
            cancellationToken);
        var job = await jobs.FindAsync(new MemoryJob(request.User, request.Conversation), cancellationToken);

        return new MemoryStatus(GetState(job, pending), pending, job?.LastError is { } error ? MemoryFailure.From(error, job.Arguments) : null, extractorName, WithoutMemory: false);
    }

    // The sweep queues conversations with unprocessed turns and without a job.
    private static MemoryState GetState(MemoryJobState? job, int pending) => job?.Phase switch
    {
        MemoryJobPhase.Queued => MemoryState.Queued,
        MemoryJobPhase.Running => MemoryState.Running,
        MemoryJobPhase.Retrying => MemoryState.Retrying,
        MemoryJobPhase.Dead => MemoryState.Failed,
        null => pending > 0 ? MemoryState.Queued : MemoryState.Idle,
    };
}
