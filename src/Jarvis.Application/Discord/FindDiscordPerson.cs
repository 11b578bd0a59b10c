using Jarvis.Application.Common;
using Jarvis.Domain.Common;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Jarvis.Application.Discord;

/// <summary>Who it is that Discord knows by this id; null where nobody has linked it.</summary>
public sealed record FindDiscordPerson(string DiscordUserId) : IRequest<DiscordPerson?>;

/// <param name="Language">As chosen in the settings; null where not.</param>
public sealed record DiscordPerson(UserId Id, string? Language);

internal sealed class FindDiscordPersonHandler(IJarvisDb db) : IRequestHandler<FindDiscordPerson, DiscordPerson?>
{
    // It does not start from an owner: it is what tells who the owner is.
    public Task<DiscordPerson?> Handle(FindDiscordPerson request, CancellationToken cancellationToken) => (
        from account in db.DiscordAccounts
        join config in db.UserConfigs on account.UserId equals config.UserId
        where account.DiscordUserId == request.DiscordUserId
        select new DiscordPerson(account.UserId, config.Language)).SingleOrDefaultAsync(cancellationToken);
}
