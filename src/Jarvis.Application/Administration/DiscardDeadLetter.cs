using Jarvis.Application.Common;
using Jarvis.Application.Memories;
using Jarvis.Domain.Common;
using Jarvis.Domain.Conversations;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Jarvis.Application.Administration;

/// <summary>
/// Gives a job up for good: memory does not read what waits in its conversation, which stays in the chat and in search. What is
/// said there later is read as ever.
/// </summary>
public sealed record DiscardDeadLetter(string Letter) : IRequest<Result>;

internal sealed class DiscardDeadLetterHandler(IDeadLetters letters, IJarvisDb db, TimeProvider clock) : IRequestHandler<DiscardDeadLetter, Result>
{
    public async Task<Result> Handle(DiscardDeadLetter request, CancellationToken cancellationToken)
    {
        if (await letters.FindAsync(request.Letter, cancellationToken) is not { } letter)
        {
            return AdministrationErrors.DeadLetterNotFound;
        }

        // First, or the next sweep would bring the job back.
        if (letter.Job is { } job)
        {
            await SkipPendingTurnsAsync(job, cancellationToken);
        }

        await letters.DiscardAsync(letter.Id, cancellationToken);

        return Result.Ok;
    }

    private async Task SkipPendingTurnsAsync(MemoryJob job, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        await db.LockMemoryAsync(job.User, cancellationToken);
        await db.Turns.OwnedBy(job.User)
            .Where(turn => turn.ConversationId == job.Conversation && turn.Status == TurnStatus.Completed && turn.RememberedAt == null)
            .ExecuteUpdateAsync(set => set.SetProperty(turn => turn.RememberedAt, now), cancellationToken);

        // What was cut out of the summary stays out of it.
        await db.ConversationSummaries.OwnedBy(job.User)
            .Where(summary => summary.ConversationId == job.Conversation)
            .ExecuteUpdateAsync(set => set.SetProperty(summary => summary.Rebuild, false), cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }
}
