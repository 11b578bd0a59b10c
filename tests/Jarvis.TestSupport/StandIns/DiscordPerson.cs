namespace Jarvis.TestSupport.StandIns;

/// <summary>User with a Discord account.</summary>
public sealed record DiscordPerson(string Id, string Username, string Name)
{
    public string Locale { get; init; } = "en-GB";

    public static DiscordPerson New(string name = "Ada") => new(DiscordStandIn.NewSnowflake(), name + ".test", name);
}
