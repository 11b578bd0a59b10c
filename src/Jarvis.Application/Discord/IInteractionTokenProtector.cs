namespace Jarvis.Application.Discord;

/// <summary>Encrypts interaction tokens for the database, with keys that all web processes share.</summary>
public interface IInteractionTokenProtector
{
    byte[] Protect(string token);

    /// <summary>Returns the token; null if the key that encrypted it no longer exists.</summary>
    string? Unprotect(byte[] stored);
}
