namespace Jarvis.Application.Discord;

/// <summary>Which parts of Discord are configured.</summary>
public interface IDiscordState
{
    DiscordState Look();
}

/// <param name="TakesCommands">Whether the key is set by which Discord's word is known.</param>
/// <param name="Links">Whether people can link accounts.</param>
/// <param name="SendsNotices">Whether there is a channel for them.</param>
public sealed record DiscordState(bool TakesCommands, bool Links, bool SendsNotices);
