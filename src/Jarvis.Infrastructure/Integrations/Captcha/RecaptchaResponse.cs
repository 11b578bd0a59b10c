using System.Text.Json.Serialization;

namespace Jarvis.Infrastructure.Integrations.Captcha;

/// <summary>Response of siteverify.</summary>
/// <param name="Score">Version 3 only.</param>
/// <param name="Action">Version 3 only.</param>
internal sealed record RecaptchaResponse(
    [property: JsonPropertyName("success")] bool? Success,
    [property: JsonPropertyName("score")] double? Score,
    [property: JsonPropertyName("action")] string? Action,
    [property: JsonPropertyName("hostname")] string? HostName,
    [property: JsonPropertyName("error-codes")] IReadOnlyList<string>? Errors);
