using Jarvis.Application.Discord;

namespace Jarvis.Web.Pages.Discord;

/// <summary>Discord section of the settings page.</summary>
/// <param name="CanLink">True if the administrator has configured linking.</param>
/// <param name="Link">Linked account; null if none is linked.</param>
/// <param name="Done">Message about the last action.</param>
/// <param name="Error">Error of the last action.</param>
internal sealed record DiscordSection(bool CanLink, DiscordLink? Link, string? Done, string? Error);
