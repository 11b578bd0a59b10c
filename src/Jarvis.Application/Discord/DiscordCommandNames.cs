namespace Jarvis.Application.Discord;

/// <summary>Names of the slash commands, which Discord registers and sends back with each interaction.</summary>
public static class DiscordCommandNames
{
    public const string Ask = "ask";
    public const string Memories = "memories";
    public const string Forget = "forget";
}
