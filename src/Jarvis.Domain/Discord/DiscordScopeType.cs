namespace Jarvis.Domain.Discord;

public enum DiscordScopeType
{
    /// <summary>Direct messages between the person and Jarvis.</summary>
    Direct,

    /// <summary>A place with other people: a server channel, a group, or direct messages between other people.</summary>
    Channel,

    Thread,
}
