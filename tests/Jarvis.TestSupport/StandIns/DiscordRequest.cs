using System.Text.Json;

namespace Jarvis.TestSupport.StandIns;

/// <summary>One call that Discord got.</summary>
/// <param name="Path">Without the query, from <c>/api</c> on.</param>
/// <param name="Json">Undefined where the body is a form, or nothing.</param>
public sealed record DiscordRequest(string Method, string Path, string Query, string? Authorization, string Text, JsonElement Json)
{
    public bool IsReply => Path.Contains("/webhooks/" + DiscordStandIn.ApplicationId + "/", StringComparison.Ordinal);

    public bool IsNotice => Path.Contains("/webhooks/" + DiscordStandIn.WebhookId + "/", StringComparison.Ordinal);

    public string Content => Json.GetProperty("content").GetString()!;
}
