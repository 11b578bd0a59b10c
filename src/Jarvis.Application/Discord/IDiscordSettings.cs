namespace Jarvis.Application.Discord;

/// <summary>Which parts of Discord are configured.</summary>
public interface IDiscordSettings
{
    DiscordState Get();
}

/// <param name="TakesCommands">Whether the key is set by which Discord's word is known.</param>
/// <param name="Links">Whether people can link accounts.</param>
/// <param name="SendsNotifications">Whether there is a channel for them.</param>
public sealed record DiscordState(bool TakesCommands, bool Links, bool SendsNotifications);
