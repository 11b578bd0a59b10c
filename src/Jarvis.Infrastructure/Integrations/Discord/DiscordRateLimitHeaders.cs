using System.Globalization;
using System.Text.Json;

namespace Jarvis.Infrastructure.Integrations.Discord;

/// <summary>Reads the rate limits from Discord's responses.</summary>
internal static class DiscordRateLimitHeaders
{
    // Used if the response contains no delay.
    private static readonly TimeSpan DefaultDelay = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan MaxDelay = TimeSpan.FromHours(1);

    public static TimeSpan GetRetryAfter(HttpResponseMessage response, JsonElement body)
    {
        var seconds = ReadFromBody(body) ?? ReadNumber(response, "Retry-After") ?? ReadNumber(response, "X-RateLimit-Reset-After");

        return seconds is { } wait ? Bounded(wait) : DefaultDelay;
    }

    public static bool IsGlobal(HttpResponseMessage response, JsonElement body) =>
        response.Headers.Contains("X-RateLimit-Global")
        || (body.ValueKind == JsonValueKind.Object && body.TryGetProperty("global", out var global) && global.ValueKind == JsonValueKind.True);

    /// <summary>Returns the delay before the next call of the route; null if the next call is allowed immediately.</summary>
    public static TimeSpan? GetResetAfter(HttpResponseMessage response) =>
        ReadNumber(response, "X-RateLimit-Remaining") == 0 && ReadNumber(response, "X-RateLimit-Reset-After") is { } wait ? Bounded(wait) : null;

    private static double? ReadFromBody(JsonElement body) =>
        body.ValueKind == JsonValueKind.Object && body.TryGetProperty("retry_after", out var wait) && wait.ValueKind == JsonValueKind.Number
            ? wait.GetDouble()
            : null;

    private static double? ReadNumber(HttpResponseMessage response, string header) =>
        response.Headers.TryGetValues(header, out var values)
        && double.TryParse(values.FirstOrDefault(), NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
        && double.IsFinite(number)
            ? number
            : null;

    private static TimeSpan Bounded(double seconds) => TimeSpan.FromSeconds(Math.Clamp(seconds, 0.05, MaxDelay.TotalSeconds));
}
