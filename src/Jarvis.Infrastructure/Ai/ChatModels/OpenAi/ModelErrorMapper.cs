using System.ClientModel;
using System.ClientModel.Primitives;
using System.Net.Http.Headers;
using System.Text.Json;
using Jarvis.Domain.Common;
using Jarvis.Infrastructure.Common;

namespace Jarvis.Infrastructure.Ai.ChatModels.OpenAi;

/// <summary>Maps the exceptions of the client libraries to errors.</summary>
internal static class ModelErrorMapper
{
    /// <param name="hasText">Indicates whether a part of the answer arrived before the exception.</param>
    public static Error ToError(Exception exception, ModelServer server, string model, bool hasText, DateTimeOffset now)
    {
        var causes = HttpErrors.EnumerateCauses(exception).ToList();

        return exception switch
        {
            ModelTimeoutException timeout => ModelErrors.Timeout(server, timeout.Limit),
            ClientResultException { Status: > 0 } response => ToError(response, server, model, now),
            _ when hasText && causes.Exists(HttpErrors.IsTransportFailure) => ModelErrors.CutOff(server),
            // The caller didn't cancel, so it is the connect timeout.
            OperationCanceledException => ModelErrors.Unreachable(server),
            _ when causes.Exists(HttpErrors.IsConnectFailure) => ModelErrors.Unreachable(server),
            _ when causes.Exists(HttpErrors.IsTransportFailure) => ModelErrors.CutOff(server),
            _ => ModelErrors.InvalidResponse(server),
        };
    }

    /// <summary>Returns a property of OpenAI's error body: <c>code</c> or <c>param</c>; null if the body doesn't contain it.</summary>
    public static string? ReadDetail(ClientResultException exception, string property)
    {
        try
        {
            using var body = JsonDocument.Parse(exception.GetRawResponse()?.Content ?? BinaryData.Empty);

            return body.RootElement.GetProperty("error").GetProperty(property).GetString();
        }
        catch (Exception invalid) when (invalid is JsonException or InvalidOperationException or KeyNotFoundException)
        {
            return null;
        }
    }

    private static Error ToError(ClientResultException exception, ModelServer server, string model, DateTimeOffset now) => exception.Status switch
    {
        400 when ReadDetail(exception, "code") == "content_filter" => ModelErrors.ContentFiltered(server),
        401 or 403 => ModelErrors.Unauthorized(server),
        404 => ModelErrors.NotFound(server, model),
        408 or >= 500 => ModelErrors.Failed(server, exception.Status, GetRetryAfter(exception, now)),
        429 => ModelErrors.RateLimited(server, GetRetryAfter(exception, now)),
        >= 400 => ModelErrors.Rejected(server, exception.Status),
        _ => ModelErrors.InvalidResponse(server),
    };

    private static TimeSpan? GetRetryAfter(ClientResultException exception, DateTimeOffset now)
    {
        PipelineResponseHeaders? headers = exception.GetRawResponse()?.Headers;

        return headers is not null && headers.TryGetValue("Retry-After", out var text) && RetryConditionHeaderValue.TryParse(text, out var value)
            ? HttpErrors.GetRetryAfter(value, now)
            : null;
    }
}
