using Jarvis.Domain.Common;

namespace Jarvis.Application.Discord;

/// <summary>Verifies which Discord account belongs to a user, by OAuth 2 with PKCE.</summary>
public interface IDiscordOAuthClient
{
    bool IsConfigured { get; }

    /// <summary>Returns the URL of Discord's authorisation page; null if linking is not configured.</summary>
    /// <param name="challenge">SHA-256 of the verifier, base64url.</param>
    Uri? CreateAuthorizationUrl(string state, string challenge, Uri redirect);

    /// <summary>
    /// Returns the Discord account that the code belongs to. The access token is used once, revoked, and never stored. Fails with
    /// <see cref="DiscordErrors"/>. A code is valid for one call, also if the call fails.
    /// </summary>
    Task<Result<DiscordIdentity>> IdentifyAsync(string code, string verifier, Uri redirect, CancellationToken cancellationToken);
}

/// <param name="Name">Name that the account's owner chose; untrusted text.</param>
public sealed record DiscordIdentity(string Id, string Name);
