namespace Jarvis.Web.Discord;

/// <summary>Discord's numbers.</summary>
internal enum InteractionType
{
    Unknown = 0,
    Ping = 1,
    Command = 2,
    Component = 3,
    Autocomplete = 4,
}
