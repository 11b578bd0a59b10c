namespace Jarvis.Web.Discord;

/// <summary>Interaction types, with Discord's values.</summary>
internal enum InteractionType
{
    Unknown = 0,
    Ping = 1,
    Command = 2,
    Component = 3,
    Autocomplete = 4,
}
