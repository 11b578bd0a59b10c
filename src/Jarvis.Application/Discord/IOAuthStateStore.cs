using Jarvis.Domain.Common;

namespace Jarvis.Application.Discord;

/// <summary>Links that were begun and wait for Discord's answer, ten minutes at most. Each counts once.</summary>
public interface IOAuthStateStore
{
    /// <summary>Fails with <see cref="DiscordErrors.LinkStoreUnavailable"/>.</summary>
    Task<Result<LinkAttempt>> StoreAsync(UserId user, CancellationToken cancellationToken);

    /// <summary>
    /// Ends the attempt of that state, whoever brings it, and gives its verifier only to the person and the browser that began it.
    /// Fails with <see cref="DiscordErrors.LinkRejected"/> or <see cref="DiscordErrors.LinkStoreUnavailable"/>.
    /// </summary>
    Task<Result<string>> TakeAsync(UserId user, string state, string browserSecret, CancellationToken cancellationToken);
}

/// <param name="State">Goes through Discord and back.</param>
/// <param name="BrowserSecret">Stays in the browser that began it; the verifier comes of it, so no store holds that.</param>
/// <param name="Challenge">What Discord is told of the verifier.</param>
public sealed record LinkAttempt(string State, string BrowserSecret, string Challenge);
