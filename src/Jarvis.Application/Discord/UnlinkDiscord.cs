using Jarvis.Application.Common;
using Jarvis.Domain.Common;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Jarvis.Application.Discord;

/// <summary>
/// Unlinks the user's Discord account. Nothing more is posted in Discord, including answers that are in progress. The user keeps
/// the conversations. Without a link it has no effect.
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
