using Jarvis.Application.Common;
using Jarvis.Domain.Common;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Jarvis.Application.Discord;

/// <summary>
/// From now on Discord is told nothing of this person, also not what is being answered just now. What was said there stays theirs.
/// Where nothing is linked there is nothing to do.
/// </summary>
public sealed record UnlinkDiscord(UserId User) : IRequest<Result>;

internal sealed class UnlinkDiscordHandler(IJarvisDb db) : IRequestHandler<UnlinkDiscord, Result>
{
    public async Task<Result> Handle(UnlinkDiscord request, CancellationToken cancellationToken)
    {
        db.DiscordQuestions.RemoveRange(await db.DiscordQuestions.OwnedBy(request.User).ToListAsync(cancellationToken));
        db.DiscordAccounts.RemoveRange(await db.DiscordAccounts.OwnedBy(request.User).ToListAsync(cancellationToken));
        await db.SaveChangesAsync(cancellationToken);

        return Result.Ok;
    }
}
