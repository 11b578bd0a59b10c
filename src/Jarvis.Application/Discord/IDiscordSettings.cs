namespace Jarvis.Application.Discord;

/// <summary>Returns which parts of the Discord integration are configured.</summary>
public interface IDiscordSettings
{
    DiscordState Get();
}

/// <param name="TakesCommands">True if the public key is set that verifies Discord's signature.</param>
/// <param name="Links">True if users can link accounts.</param>
/// <param name="SendsNotifications">True if a webhook for administrator notifications is set.</param>
public sealed record DiscordState(bool TakesCommands, bool Links, bool SendsNotifications);
