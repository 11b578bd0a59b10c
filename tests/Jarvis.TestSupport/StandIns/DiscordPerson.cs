namespace Jarvis.TestSupport.StandIns;

/// <summary>Somebody with an account of Discord.</summary>
public sealed record DiscordPerson(string Id, string Username, string Name)
{
    public string Locale { get; init; } = "en-GB";

    public static DiscordPerson New(string name = "Ada") => new(DiscordStandIn.NewSnowflake(), name + ".test", name);
}
