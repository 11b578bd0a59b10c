namespace Jarvis.Domain.Discord;

public enum DiscordScopeType
{
    /// <summary>Between the person and Jarvis alone.</summary>
    Direct,

    /// <summary>Where others are too: a channel of a server, a group, somebody else's direct messages.</summary>
    Channel,

    Thread,
}
