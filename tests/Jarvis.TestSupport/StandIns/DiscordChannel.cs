namespace Jarvis.TestSupport.StandIns;

/// <summary>Channel in which an interaction happens.</summary>
/// <param name="Context">Context: 0 in a server, 1 in direct messages with the bot, 2 among users.</param>
public sealed record DiscordChannel(int Context, int ChannelType, string? GuildId, string ChannelId)
{
    /// <summary>Direct messages with Jarvis.</summary>
    public static DiscordChannel Direct() => new(1, 1, null, DiscordStandIn.NewSnowflake());

    public static DiscordChannel Channel() => new(0, 0, DiscordStandIn.NewSnowflake(), DiscordStandIn.NewSnowflake());

    public static DiscordChannel Thread() => new(0, 11, DiscordStandIn.NewSnowflake(), DiscordStandIn.NewSnowflake());

    /// <summary>Direct messages with another user, in which the person uses Jarvis.</summary>
    public static DiscordChannel GroupDirect() => new(2, 1, null, DiscordStandIn.NewSnowflake());
}
