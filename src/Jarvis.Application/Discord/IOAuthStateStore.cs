using Jarvis.Domain.Common;

namespace Jarvis.Application.Discord;

/// <summary>Stores link attempts until Discord redirects back, for at most ten minutes. Each attempt can be used once.</summary>
public interface IOAuthStateStore
{
    /// <summary>Fails with <see cref="DiscordErrors.LinkStoreUnavailable"/>.</summary>
    Task<Result<LinkAttempt>> StoreAsync(UserId user, CancellationToken cancellationToken);

    /// <summary>
    /// Removes the attempt with that state, and returns its verifier only to the user and the browser that started it.
    /// Fails with <see cref="DiscordErrors.LinkRejected"/> or <see cref="DiscordErrors.LinkStoreUnavailable"/>.
    /// </summary>
    Task<Result<string>> TakeAsync(UserId user, string state, string browserSecret, CancellationToken cancellationToken);
}

/// <param name="State">State parameter that Discord returns in the redirect.</param>
/// <param name="BrowserSecret">Secret that only the browser stores. The verifier is derived from it, so no store contains the verifier.</param>
/// <param name="Challenge">SHA-256 of the verifier, for Discord.</param>
public sealed record LinkAttempt(string State, string BrowserSecret, string Challenge);
