using Jarvis.Application.Common;
using Jarvis.Domain.Common;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Jarvis.Application.Discord;

/// <summary>Returns the user who linked this Discord account; null if no user did.</summary>
public sealed record FindDiscordPerson(string DiscordUserId) : IRequest<DiscordPerson?>;

/// <param name="Language">Language from the settings; null if the user chose none.</param>
public sealed record DiscordPerson(UserId Id, string? Language);

internal sealed class FindDiscordPersonHandler(IJarvisDb db) : IRequestHandler<FindDiscordPerson, DiscordPerson?>
{
    // The query is not limited to an owner because it finds the owner.
    public Task<DiscordPerson?> Handle(FindDiscordPerson request, CancellationToken cancellationToken) => (
        from account in db.DiscordAccounts
        join config in db.UserConfigs on account.UserId equals config.UserId
        where account.DiscordUserId == request.DiscordUserId
        select new DiscordPerson(account.UserId, config.Language)).SingleOrDefaultAsync(cancellationToken);
}
