using Jarvis.Domain.Accounts;
using Jarvis.Domain.Common;

namespace Jarvis.Application.Discord;

/// <summary>Links that were begun and wait for Discord's answer, ten minutes at most. Each counts once.</summary>
public interface IDiscordLinkAttempts
{
    /// <summary>Fails with <see cref="DiscordErrors.LinkStoreAway"/>.</summary>
    Task<Result<LinkAttempt>> BeginAsync(UserId user, CancellationToken cancellationToken);

    /// <summary>
    /// Ends the attempt of that state, whoever brings it, and gives its verifier only to the person and the browser that began it.
    /// Fails with <see cref="DiscordErrors.LinkRefused"/> or <see cref="DiscordErrors.LinkStoreAway"/>.
    /// </summary>
    Task<Result<string>> EndAsync(UserId user, string state, string browserSecret, CancellationToken cancellationToken);
}

/// <param name="State">Goes through Discord and back.</param>
/// <param name="BrowserSecret">Stays in the browser that began it; the verifier comes of it, so no store holds that.</param>
/// <param name="Challenge">What Discord is told of the verifier.</param>
public sealed record LinkAttempt(string State, string BrowserSecret, string Challenge);
