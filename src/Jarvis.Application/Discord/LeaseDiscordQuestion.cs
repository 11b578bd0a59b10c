using Jarvis.Application.Common;
using Jarvis.Domain.Discord;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Jarvis.Application.Discord;

/// <summary>Leases a question exclusively. Returns null if another process has the lease, or the question is done.</summary>
/// <param name="IsAcceptedHere">True if the caller accepted the question just now and may start before it is due.</param>
internal sealed record LeaseDiscordQuestion(DiscordQuestionKey Question, TimeSpan Lease, bool IsAcceptedHere = false) : IRequest<DiscordQuestion?>;

internal sealed class LeaseDiscordQuestionHandler(IJarvisDb db, TimeProvider clock) : IRequestHandler<LeaseDiscordQuestion, DiscordQuestion?>
{
    public async Task<DiscordQuestion?> Handle(LeaseDiscordQuestion request, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var question = await db.DiscordQuestions.OwnedBy(request.Question.User)
            .AsNoTracking()
            .SingleOrDefaultAsync(row => row.Id == request.Question.Id, cancellationToken);
        if (question is null || !(question.DueAt <= now || (request.IsAcceptedHere && question.Attempts == 0)))
        {
            return null;
        }

        // The first update wins.
        var (attempts, until) = (question.Attempts, now + request.Lease);
        var updated = await db.DiscordQuestions.OwnedBy(request.Question.User)
            .Where(row => row.Id == request.Question.Id && row.Attempts == attempts)
            .ExecuteUpdateAsync(
                row => row.SetProperty(changed => changed.Attempts, attempts + 1).SetProperty(changed => changed.DueAt, until),
                cancellationToken);

        return updated == 0 ? null : question.LeasedUntil(until);
    }
}
