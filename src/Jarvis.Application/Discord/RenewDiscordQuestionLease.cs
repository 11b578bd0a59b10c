using Jarvis.Application.Common;
using Jarvis.Domain.Common;
using Jarvis.Domain.Discord;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Jarvis.Application.Discord;

/// <summary>
/// Keeps hold of a question for a while longer, or lets go of it until then, and notes how much of the answer stands in Discord.
/// False where it is no longer the caller's: another has it, or the person took it back.
/// </summary>
public sealed record RenewDiscordQuestionLease(DiscordQuestion Question, TimeSpan For, int? PartsSent = null) : IRequest<bool>;

internal sealed class HoldDiscordQuestionHandler(IJarvisDb db, TimeProvider clock) : IRequestHandler<RenewDiscordQuestionLease, bool>
{
    public async Task<bool> Handle(RenewDiscordQuestionLease request, CancellationToken cancellationToken)
    {
        var (id, attempts, until, parts) = (request.Question.Id, request.Question.Attempts, clock.GetUtcNow() + request.For, request.PartsSent);
        var held = await db.DiscordQuestions.OwnedBy(request.Question.UserId)
            .Where(row => row.Id == id && row.Attempts == attempts)
            .ExecuteUpdateAsync(
                row => row.SetProperty(changed => changed.DueAt, until).SetProperty(changed => changed.PartsSent, changed => parts ?? changed.PartsSent),
                cancellationToken);

        return held > 0;
    }
}
