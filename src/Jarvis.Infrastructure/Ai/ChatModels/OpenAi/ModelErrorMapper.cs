using System.ClientModel;
using System.ClientModel.Primitives;
using System.Net.Http.Headers;
using System.Text.Json;
using Jarvis.Domain.Common;

namespace Jarvis.Infrastructure.Ai.ChatModels.OpenAi;

/// <summary>Reads from what the client libraries throw what went wrong at the server.</summary>
internal static class ModelErrorMapper
{
    /// <param name="begun">Whether a part of the answer had come.</param>
    public static Error ToError(Exception exception, ModelServer server, string model, bool begun, DateTimeOffset now)
    {
        var causes = EnumerateCauses(exception).ToList();

        return exception switch
        {
            ModelTimeoutException silence => ModelErrors.Timeout(server, silence.Limit),
            ClientResultException { Status: > 0 } refusal => ToError(refusal, server, model, now),
            _ when begun && causes.Exists(IsTransport) => ModelErrors.CutOff(server),
            // Nobody here cancelled: the connect timeout did.
            OperationCanceledException => ModelErrors.Unreachable(server),
            _ when causes.Exists(IsConnect) => ModelErrors.Unreachable(server),
            _ when causes.Exists(IsTransport) => ModelErrors.CutOff(server),
            _ => ModelErrors.InvalidResponse(server),
        };
    }

    /// <summary>What OpenAI's error body says in <paramref name="property"/>: <c>code</c> or <c>param</c>.</summary>
    public static string? Detail(ClientResultException refusal, string property)
    {
        try
        {
            using var body = JsonDocument.Parse(refusal.GetRawResponse()?.Content ?? BinaryData.Empty);

            return body.RootElement.GetProperty("error").GetProperty(property).GetString();
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or KeyNotFoundException)
        {
            return null;
        }
    }

    private static Error ToError(ClientResultException refusal, ModelServer server, string model, DateTimeOffset now) => refusal.Status switch
    {
        400 when Detail(refusal, "code") == "content_filter" => ModelErrors.ContentFiltered(server),
        401 or 403 => ModelErrors.Unauthorized(server),
        404 => ModelErrors.NotFound(server, model),
        408 or >= 500 => ModelErrors.Failed(server, refusal.Status, RetryAfter(refusal, now)),
        429 => ModelErrors.RateLimited(server, RetryAfter(refusal, now)),
        >= 400 => ModelErrors.Rejected(server, refusal.Status),
        _ => ModelErrors.InvalidResponse(server),
    };

    private static TimeSpan? RetryAfter(ClientResultException refusal, DateTimeOffset now)
    {
        PipelineResponseHeaders? headers = refusal.GetRawResponse()?.Headers;
        if (headers is null || !headers.TryGetValue("Retry-After", out var text) || !RetryConditionHeaderValue.TryParse(text, out var value))
        {
            return null;
        }

        var wait = value.Delta ?? value.Date - now;

        return wait > TimeSpan.Zero ? wait : null;
    }

    private static IEnumerable<Exception> EnumerateCauses(Exception exception)
    {
        for (var cause = exception; cause is not null; cause = cause.InnerException!)
        {
            yield return cause;
        }
    }

    private static bool IsConnect(Exception cause) => cause is HttpRequestException
    {
        HttpRequestError: HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError
            or HttpRequestError.SecureConnectionError or HttpRequestError.ProxyTunnelError,
    };

    private static bool IsTransport(Exception cause) => cause is HttpRequestException or IOException;
}
