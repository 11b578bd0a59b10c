using Jarvis.Application.Common;
using Jarvis.Domain.Common;
using Jarvis.Domain.Discord;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Jarvis.Application.Discord;

/// <summary>
/// Extends the lease of a question, or releases it until the next attempt, and stores how many parts of the answer are posted.
/// Returns false if the caller lost the lease: another process has it, or the user unlinked the account.
/// </summary>
internal sealed record RenewDiscordQuestionLease(DiscordQuestion Question, TimeSpan For, int? PartsSent = null) : IRequest<bool>;

internal sealed class RenewDiscordQuestionLeaseHandler(IJarvisDb db, TimeProvider clock) : IRequestHandler<RenewDiscordQuestionLease, bool>
{
    public async Task<bool> Handle(RenewDiscordQuestionLease request, CancellationToken cancellationToken)
    {
        var (id, attempts, until, parts) = (request.Question.Id, request.Question.Attempts, clock.GetUtcNow() + request.For, request.PartsSent);
        var updated = await db.DiscordQuestions.OwnedBy(request.Question.UserId)
            .Where(row => row.Id == id && row.Attempts == attempts)
            .ExecuteUpdateAsync(
                row => row.SetProperty(changed => changed.DueAt, until).SetProperty(changed => changed.PartsSent, changed => parts ?? changed.PartsSent),
                cancellationToken);

        return updated > 0;
    }
}
