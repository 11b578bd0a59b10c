using System.Text.Json.Serialization;

namespace Jarvis.Infrastructure.Integrations.Captcha;

/// <summary>What siteverify answers.</summary>
/// <param name="Score">Of version 3 alone.</param>
/// <param name="Action">Of version 3 alone.</param>
internal sealed record RecaptchaResponse(
    [property: JsonPropertyName("success")] bool? Success,
    [property: JsonPropertyName("score")] double? Score,
    [property: JsonPropertyName("action")] string? Action,
    [property: JsonPropertyName("hostname")] string? HostName,
    [property: JsonPropertyName("error-codes")] IReadOnlyList<string>? Errors);
