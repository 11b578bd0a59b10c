using System.Text.Json.Nodes;

namespace Jarvis.Infrastructure.Integrations.Discord;

internal static class DiscordMessage
{
    /// <summary>Creates a message that mentions no users, even if its text does.</summary>
    public static JsonObject Create(string content, int flags) => new()
    {
        ["content"] = content,
        ["flags"] = flags,
        ["allowed_mentions"] = new JsonObject { ["parse"] = new JsonArray() },
    };
}
