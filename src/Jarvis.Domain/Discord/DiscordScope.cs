namespace Jarvis.Domain.Discord;

/// <summary>Place in Discord, and whether other people can read the answer. Each person has one conversation per scope.</summary>
/// <param name="GuildId">Id of the server; null outside of a server.</param>
public sealed record DiscordScope(DiscordScopeType Type, string? GuildId, string ChannelId, bool IsPublic)
{
    public const int KeyMaxLength = 100;

    /// <summary>Maximum length of a Discord id, which is a 64-bit number.</summary>
    public const int SnowflakeMaxLength = 20;

    /// <summary>
    /// Key of the conversation. Public messages have their own conversation, because private messages from the same place must not
    /// appear in it. All direct messages share one conversation, independent of the Discord account.
    /// </summary>
    public string Key => Type switch
    {
        DiscordScopeType.Direct => "direct",
        DiscordScopeType.Channel => $"channel:{ChannelId}{Audience}",
        DiscordScopeType.Thread => $"thread:{ChannelId}{Audience}",
    };

    /// <summary>Other people are present and must not see the answer.</summary>
    public bool IsEphemeral => Type != DiscordScopeType.Direct && !IsPublic;

    private string Audience => IsPublic ? ":public" : "";
}
