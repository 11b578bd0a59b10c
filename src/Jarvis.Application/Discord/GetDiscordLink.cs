using Jarvis.Application.Common;
using Jarvis.Domain.Common;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Jarvis.Application.Discord;

/// <summary>Returns the user's Discord account; null if none is linked.</summary>
public sealed record GetDiscordLink(UserId User) : IRequest<DiscordLink?>;

public sealed record DiscordLink(string Name, DateTimeOffset LinkedAt);

internal sealed class GetDiscordLinkHandler(IJarvisDb db) : IRequestHandler<GetDiscordLink, DiscordLink?>
{
    public Task<DiscordLink?> Handle(GetDiscordLink request, CancellationToken cancellationToken) =>
        db.DiscordAccounts.OwnedBy(request.User)
            .Select(account => new DiscordLink(account.Name, account.LinkedAt))
            .SingleOrDefaultAsync(cancellationToken);
}
