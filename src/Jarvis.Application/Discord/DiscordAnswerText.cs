namespace Jarvis.Application.Discord;

/// <summary>Text to post in Discord: the answer, or the reason why Jarvis can't answer.</summary>
/// <param name="Link">URL in Jarvis that shows the whole answer.</param>
internal sealed record DiscordAnswerText(string Text, string Link);
