namespace Jarvis.Domain.Discord;

/// <summary>Where in Discord something is said, and whether others can read the answer. Each person has one conversation in each.</summary>
/// <param name="GuildId">The server; null outside of one.</param>
public sealed record DiscordScope(DiscordScopeType Type, string? GuildId, string ChannelId, bool IsPublic)
{
    public const int KeyMaxLength = 100;

    /// <summary>Of all of Discord's ids, which are numbers of 64 bits.</summary>
    public const int SnowflakeMaxLength = 20;

    /// <summary>
    /// What is said before others is a conversation of its own: what was said in private in the same place must not turn up in it.
    /// All direct messages are one, whichever account they come from.
    /// </summary>
    public string Key => Type switch
    {
        DiscordScopeType.Direct => "direct",
        DiscordScopeType.Channel => $"channel:{ChannelId}{Audience}",
        DiscordScopeType.Thread => $"thread:{ChannelId}{Audience}",
    };

    /// <summary>Whether others are there, who are not to see the answer.</summary>
    public bool IsEphemeral => Type != DiscordScopeType.Direct && !IsPublic;

    private string Audience => IsPublic ? ":public" : "";
}
