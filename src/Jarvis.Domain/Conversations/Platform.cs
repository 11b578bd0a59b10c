namespace Jarvis.Domain.Conversations;

/// <summary>Origin of a conversation.</summary>
public enum Platform
{
    Web,
    Discord,
    Import,
}
