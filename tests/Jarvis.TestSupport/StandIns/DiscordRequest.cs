using System.Text.Json;

namespace Jarvis.TestSupport.StandIns;

/// <summary>Request that the Discord stand-in received.</summary>
/// <param name="Path">Path from <c>/api</c> on, without the query.</param>
/// <param name="Json">JSON body; undefined if the body is a form or empty.</param>
public sealed record DiscordRequest(string Method, string Path, string Query, string? Authorization, string Text, JsonElement Json)
{
    public bool IsReply => Path.Contains("/webhooks/" + DiscordStandIn.ApplicationId + "/", StringComparison.Ordinal);

    public bool IsNotice => Path.Contains("/webhooks/" + DiscordStandIn.WebhookId + "/", StringComparison.Ordinal);

    public string Content => Json.GetProperty("content").GetString()!;
}
