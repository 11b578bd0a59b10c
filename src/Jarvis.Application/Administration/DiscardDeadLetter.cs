using Jarvis.Application.Common;
using Jarvis.Application.Memories;
using Jarvis.Domain.Common;
using Jarvis.Domain.Conversations;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Jarvis.Application.Administration;

/// <summary>
/// Discards a job permanently. Memory skips the pending turns of its conversation; they remain in the chat and in search. Memory
/// still processes later turns.
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

        // Runs first, because the next sweep would otherwise queue the job again.
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

        // Removed sentences stay removed from the summary.
        await db.ConversationSummaries.OwnedBy(job.User)
            .Where(summary => summary.ConversationId == job.Conversation)
            .ExecuteUpdateAsync(set => set.SetProperty(summary => summary.Rebuild, false), cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }
}
