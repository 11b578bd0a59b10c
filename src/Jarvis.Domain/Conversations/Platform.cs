namespace Jarvis.Domain.Conversations;

/// <summary>Where a conversation is held.</summary>
public enum Platform
{
    Web,
    Discord,
    Import,
}
