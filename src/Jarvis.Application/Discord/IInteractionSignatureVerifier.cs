namespace Jarvis.Application.Discord;

/// <summary>Verifies that an interaction comes from Discord and is not a replay.</summary>
public interface IInteractionSignatureVerifier
{
    bool IsConfigured { get; }

    /// <summary>Returns whether Discord signed exactly this body less than five minutes ago.</summary>
    /// <param name="signature">128 hexadecimal digits (Ed25519 over timestamp and body).</param>
    /// <param name="timestamp">Seconds since 1970.</param>
    bool IsSigned(string? signature, string? timestamp, ReadOnlySpan<byte> body);

    /// <summary>
    /// Returns whether no process has received the interaction before, within the lifetime of its signature. While Redis is
    /// unavailable, each process knows only the interactions that it received itself.
    /// </summary>
    Task<bool> IsFirstAsync(string interactionId, CancellationToken cancellationToken);
}
