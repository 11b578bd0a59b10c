using Jarvis.Domain.Common;
using MediatR;

namespace Jarvis.Application.Discord;

/// <summary>Returns the Discord URL where the user authorises Jarvis to read which account is theirs.</summary>
/// <param name="Redirect">URL in Jarvis that Discord redirects to afterwards.</param>
public sealed record BeginDiscordLink(UserId User, Uri Redirect) : IRequest<Result<DiscordLinkStart>>;

/// <param name="BrowserSecret">Secret that this browser stores until the redirect.</param>
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
