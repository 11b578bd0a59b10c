using Jarvis.Domain.Accounts;
using Jarvis.Domain.Common;
using MediatR;

namespace Jarvis.Application.Discord;

/// <summary>Where the person goes to let Discord say which account is theirs.</summary>
/// <param name="Redirect">Where Discord sends them afterwards.</param>
public sealed record BeginDiscordLink(UserId User, Uri Redirect) : IRequest<Result<BegunDiscordLink>>;

/// <param name="BrowserSecret">For this browser to keep until then.</param>
public sealed record BegunDiscordLink(Uri Address, string BrowserSecret);

internal sealed class BeginDiscordLinkHandler(IDiscordLogin discord, IDiscordLinkAttempts attempts) : IRequestHandler<BeginDiscordLink, Result<BegunDiscordLink>>
{
    public async Task<Result<BegunDiscordLink>> Handle(BeginDiscordLink request, CancellationToken cancellationToken)
    {
        var attempt = await attempts.BeginAsync(request.User, cancellationToken);
        if (attempt.Error is { } error)
        {
            return error;
        }

        var address = discord.AddressFor(attempt.Value.State, attempt.Value.Challenge, request.Redirect);

        return address is null ? DiscordErrors.LinkingOff : new BegunDiscordLink(address, attempt.Value.BrowserSecret);
    }
}
