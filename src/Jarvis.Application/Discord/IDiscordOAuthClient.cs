using Jarvis.Domain.Common;

namespace Jarvis.Application.Discord;

/// <summary>Proves whose account of Discord somebody has, by OAuth 2 with PKCE.</summary>
public interface IDiscordOAuthClient
{
    /// <summary>Whether it is configured.</summary>
    bool IsConfigured { get; }

    /// <summary>Where Discord asks the person; null where linking is not configured.</summary>
    /// <param name="challenge">The SHA-256 of the verifier, base64url.</param>
    Uri? CreateAuthorizationUrl(string state, string challenge, Uri redirect);

    /// <summary>
    /// Whose the code is. Discord's access token is used this once, given back, and kept nowhere. Fails with
    /// <see cref="DiscordErrors"/>; a code is worth one call, whatever comes of it.
    /// </summary>
    Task<Result<DiscordIdentity>> IdentifyAsync(string code, string verifier, Uri redirect, CancellationToken cancellationToken);
}

/// <param name="Name">As its owner chose it: text written by a stranger.</param>
public sealed record DiscordIdentity(string Id, string Name);
