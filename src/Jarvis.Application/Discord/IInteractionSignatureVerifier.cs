namespace Jarvis.Application.Discord;

/// <summary>Whether what comes in comes from Discord, and for the first time.</summary>
public interface IInteractionSignatureVerifier
{
    bool IsConfigured { get; }

    /// <summary>Whether Discord signed just this body, less than five minutes ago.</summary>
    /// <param name="signature">128 hexadecimal digits (Ed25519 over timestamp and body).</param>
    /// <param name="timestamp">Seconds since 1970.</param>
    bool IsSigned(string? signature, string? timestamp, ReadOnlySpan<byte> body);

    /// <summary>
    /// Whether it did not come before, to whichever process, for as long as its signature holds. While Redis is away each process
    /// knows only what came to itself.
    /// </summary>
    Task<bool> IsFirstAsync(string interactionId, CancellationToken cancellationToken);
}
