using Jarvis.Application.Common;
using Jarvis.Domain.Common;
using Jarvis.Domain.Discord;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Jarvis.Application.Discord;

/// <summary>Links the Discord account that the authorisation code belongs to. Linking the same account again has no effect.</summary>
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
        if (verifier.Error is { } stateError)
        {
            return stateError;
        }

        var identity = await discord.IdentifyAsync(request.Code, verifier.Value, request.Redirect, cancellationToken);
        if (identity.Error is { } discordError)
        {
            return discordError;
        }

        var discordAccount = identity.Value;
        var linked = await db.DiscordAccounts.OwnedBy(request.User).SingleOrDefaultAsync(cancellationToken);
        if (linked is not null && linked.DiscordUserId != discordAccount.Id)
        {
            return DiscordErrors.AlreadyLinked;
        }

        // The query covers all users because a Discord account has one owner.
        if (linked is null && await db.DiscordAccounts.AnyAsync(account => account.DiscordUserId == discordAccount.Id, cancellationToken))
        {
            return DiscordErrors.AccountTaken;
        }

        if (linked is null)
        {
            db.DiscordAccounts.Add(DiscordAccount.Link(request.User, discordAccount.Id, discordAccount.Name, clock.GetUtcNow()));
            await db.SaveChangesAsync(cancellationToken);
        }

        return Result.Ok;
    }
}
