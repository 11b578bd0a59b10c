namespace Jarvis.Application.Discord;

/// <summary>How Jarvis stands with Discord, as this process saw it last; it asks nobody.</summary>
public interface IDiscordState
{
    DiscordState Look();
}

/// <param name="TakesCommands">Whether the key is set by which Discord's word is known.</param>
/// <param name="Links">Whether people can link accounts.</param>
/// <param name="SendsNotices">Whether there is a channel for them.</param>
/// <param name="AwaySince">Since when calls to Discord fail; null while they do not.</param>
/// <param name="Reason">Why, without secrets.</param>
public sealed record DiscordState(bool TakesCommands, bool Links, bool SendsNotices, DateTimeOffset? AwaySince, string? Reason);
