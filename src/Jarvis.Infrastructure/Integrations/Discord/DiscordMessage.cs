using System.Text.Json.Nodes;

namespace Jarvis.Infrastructure.Integrations.Discord;

internal static class DiscordMessage
{
    /// <summary>Whatever stands in the text, nobody is called by it.</summary>
    public static JsonObject Create(string content, int flags) => new()
    {
        ["content"] = content,
        ["flags"] = flags,
        ["allowed_mentions"] = new JsonObject { ["parse"] = new JsonArray() },
    };
}
