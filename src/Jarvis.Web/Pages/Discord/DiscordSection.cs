using Jarvis.Application.Discord;

namespace Jarvis.Web.Pages.Discord;

/// <summary>Discord as the settings show it.</summary>
/// <param name="CanLink">Whether whoever runs this Jarvis has set it up.</param>
/// <param name="Link">Null where nothing is linked.</param>
/// <param name="Done">What was just done, as a sentence.</param>
/// <param name="Refused">Why it was not.</param>
internal sealed record DiscordSection(bool CanLink, DiscordLink? Link, string? Done, string? Refused);
