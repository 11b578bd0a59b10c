using Jarvis.Domain.Common;
using MediatR;

namespace Jarvis.Application.Discord;

/// <summary>Where the person goes to let Discord say which account is theirs.</summary>
/// <param name="Redirect">Where Discord sends them afterwards.</param>
public sealed record BeginDiscordLink(UserId User, Uri Redirect) : IRequest<Result<DiscordLinkStart>>;

/// <param name="BrowserSecret">For this browser to keep until then.</param>
public sealed record DiscordLinkStart(Uri Address, string BrowserSecret);

internal sealed class BeginDiscordLinkHandler(IDiscordOAuthClient discord, IOAuthStateStore attempts) : IRequestHandler<BeginDiscordLink, Result<DiscordLinkStart>>
{
    public async Task<Result<DiscordLinkStart>> Handle(BeginDiscordLink request, CancellationToken cancellationToken)
    {
        var attempt = await attempts.StoreAsync(request.User, cancellationToken);
        if (attempt.Error is { } error)
        {
            return error;
        }

        var address = discord.CreateAuthorizationUrl(attempt.Value.State, attempt.Value.Challenge, request.Redirect);

        return address is null ? DiscordErrors.LinkingOff : new DiscordLinkStart(address, attempt.Value.BrowserSecret);
    }
}
