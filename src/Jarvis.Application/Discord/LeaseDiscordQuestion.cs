using Jarvis.Application.Common;
using Jarvis.Domain.Discord;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Jarvis.Application.Discord;

/// <summary>The question for the caller alone, for as long as it keeps hold of it; null where another has it, or it is over and done.</summary>
/// <param name="IsMine">Whether the caller is the one who accepted it just now, and need not wait until it is due.</param>
public sealed record LeaseDiscordQuestion(DiscordQuestionKey Question, TimeSpan Lease, bool IsMine = false) : IRequest<DiscordQuestion?>;

internal sealed class LeaseDiscordQuestionHandler(IJarvisDb db, TimeProvider clock) : IRequestHandler<LeaseDiscordQuestion, DiscordQuestion?>
{
    public async Task<DiscordQuestion?> Handle(LeaseDiscordQuestion request, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var question = await db.DiscordQuestions.OwnedBy(request.Question.User)
            .AsNoTracking()
            .SingleOrDefaultAsync(row => row.Id == request.Question.Id, cancellationToken);
        if (question is null || !(question.DueAt <= now || (request.IsMine && question.Attempts == 0)))
        {
            return null;
        }

        // Who counts first has it.
        var (attempts, until) = (question.Attempts, now + request.Lease);
        var taken = await db.DiscordQuestions.OwnedBy(request.Question.User)
            .Where(row => row.Id == request.Question.Id && row.Attempts == attempts)
            .ExecuteUpdateAsync(
                row => row.SetProperty(changed => changed.Attempts, attempts + 1).SetProperty(changed => changed.DueAt, until),
                cancellationToken);

        return taken == 0 ? null : question.LeasedUntil(until);
    }
}
