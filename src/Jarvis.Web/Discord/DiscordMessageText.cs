namespace Jarvis.Web.Discord;

/// <summary>What is to stand in Discord.</summary>
/// <param name="Link">Where in Jarvis the whole of it stands.</param>
internal sealed record DiscordMessageText(string Text, string Link);
