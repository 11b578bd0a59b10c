using System.Text.Json;
using Jarvis.Domain.BugReports;
using Jarvis.Domain.Common;
using Jarvis.Infrastructure.Common;

namespace Jarvis.Infrastructure.Integrations.AzureBoards;

/// <summary>Reads the JSON of a response, or maps the response to an error.</summary>
internal static class AzureBoardsResponse
{
    private const int QuotedMaxLength = 300;

    /// <exception cref="AzureBoardsException">The response isn't a success.</exception>
    public static async Task<JsonElement> ReadAsync(HttpResponseMessage response, string host, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var body = Parse(await response.Content.ReadAsByteArrayAsync(cancellationToken));

        return ToError(response, host, body, now) is { } error
            ? throw new AzureBoardsException(error)
            : body ?? throw new AzureBoardsException(AzureBoardsErrors.InvalidResponse(host));
    }

    private static Error? ToError(HttpResponseMessage response, string host, JsonElement? body, DateTimeOffset now)
    {
        var status = (int)response.StatusCode;

        return status switch
        {
            // Azure DevOps sends an invalid token to the sign-in page, with 203 or a redirect.
            203 or 301 or 302 or 303 or 307 or 308 or 401 or 403 => AzureBoardsErrors.Unauthorized(host),
            >= 200 and < 300 => null,
            404 => AzureBoardsErrors.NotFound(host, ReadMessage(body)),
            429 => AzureBoardsErrors.RateLimited(host, HttpErrors.GetRetryAfter(response.Headers.RetryAfter, now)),
            408 or >= 500 => AzureBoardsErrors.Failed(host, status, HttpErrors.GetRetryAfter(response.Headers.RetryAfter, now)),
            >= 400 => AzureBoardsErrors.Rejected(host, status, ReadMessage(body)),
            _ => AzureBoardsErrors.InvalidResponse(host),
        };
    }

    private static JsonElement? Parse(byte[] body)
    {
        try
        {
            using var document = JsonDocument.Parse(body);

            return document.RootElement.ValueKind == JsonValueKind.Object ? document.RootElement.Clone() : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    // Redacted: the message may repeat parts of the request, and users see it.
    private static string ReadMessage(JsonElement? body)
    {
        if (body is not { } json || !json.TryGetProperty("message", out var message) || message.ValueKind != JsonValueKind.String)
        {
            return "–";
        }

        var text = SecretRedactor.Redact(message.GetString()!).Replace('\0', ' ');

        return text.Length <= QuotedMaxLength ? text : text[..(QuotedMaxLength - 1)] + "…";
    }
}
