using Jarvis.Application.Common;
using Jarvis.Domain.Common;
using Jarvis.Domain.Discord;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Jarvis.Application.Discord;

/// <summary>Links the account that Discord's answer speaks for. Linking the same once more changes nothing.</summary>
public sealed record FinishDiscordLink(UserId User, string State, string BrowserSecret, string Code, Uri Redirect) : IRequest<Result>
{
    public override string ToString() => nameof(FinishDiscordLink);
}

internal sealed class FinishDiscordLinkHandler(IJarvisDb db, IDiscordOAuthClient discord, IOAuthStateStore attempts, TimeProvider clock)
    : IRequestHandler<FinishDiscordLink, Result>
{
    public async Task<Result> Handle(FinishDiscordLink request, CancellationToken cancellationToken)
    {
        var verifier = await attempts.TakeAsync(request.User, request.State, request.BrowserSecret, cancellationToken);
        if (verifier.Error is { } refused)
        {
            return refused;
        }

        var identity = await discord.IdentifyAsync(request.Code, verifier.Value, request.Redirect, cancellationToken);
        if (identity.Error is { } unknown)
        {
            return unknown;
        }

        var theirs = identity.Value;
        var mine = await db.DiscordAccounts.OwnedBy(request.User).SingleOrDefaultAsync(cancellationToken);
        if (mine is not null && mine.DiscordUserId != theirs.Id)
        {
            return DiscordErrors.AlreadyLinked;
        }

        // Of everybody: an account of Discord has one owner.
        if (mine is null && await db.DiscordAccounts.AnyAsync(account => account.DiscordUserId == theirs.Id, cancellationToken))
        {
            return DiscordErrors.AccountTaken;
        }

        if (mine is null)
        {
            db.DiscordAccounts.Add(DiscordAccount.Link(request.User, theirs.Id, theirs.Name, clock.GetUtcNow()));
            await db.SaveChangesAsync(cancellationToken);
        }

        return Result.Ok;
    }
}
