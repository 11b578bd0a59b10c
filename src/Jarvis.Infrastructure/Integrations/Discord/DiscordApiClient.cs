using System.Net;
using System.Text.Json;
using Jarvis.Application.Administration;
using Jarvis.Application.Discord;
using Jarvis.Infrastructure.Integrations.ExternalServices;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Jarvis.Infrastructure.Integrations.Discord;

/// <summary>
/// Sends all requests to Discord. It respects the rate limits within the caller's timeout and retries after server errors, so that
/// Discord may process a request twice. It logs the start and the end of an outage once.
/// </summary>
internal sealed partial class DiscordApiClient(
    IHttpClientFactory clients,
    IOptions<DiscordOptions> options,
    ServiceHealthTracker tracker,
    TimeProvider clock,
    ILogger<DiscordApiClient> logger) : IDiscordSettings
{
    public const string ServiceId = "discord";
    public const string NotificationsServiceId = "discord-notices";
    public const string HttpClientName = "discord";
    public const int MaxResponseBytes = 1024 * 1024;

    private const int MaxAttempts = 4;
    private static readonly TimeSpan AttemptTimeout = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan FirstDelay = TimeSpan.FromMilliseconds(500);

    private readonly DiscordRateLimitState rateLimits = new(clock);
    private int isUnavailable;

    public DiscordState Get()
    {
        var settings = options.Value;

        return new DiscordState(settings.AcceptsInteractions, settings.CanLink, settings.Webhook is not null);
    }

    /// <param name="route">Name of the rate limit that applies to the call.</param>
    /// <param name="request">Creates a new request for each attempt.</param>
    /// <param name="timeout">Maximum total delay between the attempts.</param>
    public async Task<DiscordApiResult> SendAsync(string route, Func<HttpRequestMessage> request, TimeSpan timeout, CancellationToken cancellationToken)
    {
        var retryDelay = FirstDelay;
        for (var attempt = 1; ; attempt++)
        {
            var wait = rateLimits.Remaining(route);
            if (wait == TimeSpan.Zero)
            {
                var result = await TryAsync(route, request, cancellationToken);
                LogHealth(result);
                RecordHealth(route, result);
                if (result is DiscordApiResult.Success or DiscordApiResult.Rejected || attempt == MaxAttempts)
                {
                    return result;
                }

                wait = result is DiscordApiResult.RateLimited limited ? limited.Wait : retryDelay;
                retryDelay *= 2;
            }

            if (wait > timeout)
            {
                return new DiscordApiResult.RateLimited(wait);
            }

            timeout -= wait;
            await Task.Delay(wait, clock, cancellationToken);
        }
    }

    private Task<DiscordApiResult> TryAsync(string route, Func<HttpRequestMessage> request, CancellationToken cancellationToken) => OutboundHttp.RunAsync(
        async timeout =>
        {
            using var client = clients.CreateClient(HttpClientName);
            using var message = request();
            using var response = await client.SendAsync(message, timeout);

            return Map(route, response, ParseJson(await response.Content.ReadAsByteArrayAsync(timeout)));
        },
        (e, fault) => new DiscordApiResult.Unavailable(
            e switch
            {
                HttpRequestException { HttpRequestError: var error } => error.ToString(),
                OperationCanceledException => "timed out",
                _ => "the response was interrupted",
            },
            fault),
        AttemptTimeout,
        clock,
        cancellationToken);

    private DiscordApiResult Map(string route, HttpResponseMessage response, JsonElement body)
    {
        if (response.StatusCode == HttpStatusCode.TooManyRequests)
        {
            var wait = DiscordRateLimitHeaders.GetRetryAfter(response, body);
            rateLimits.Block(DiscordRateLimitHeaders.IsGlobal(response, body) ? null : route, wait);

            return new DiscordApiResult.RateLimited(wait);
        }

        if (DiscordRateLimitHeaders.GetResetAfter(response) is { } resetAfter)
        {
            rateLimits.Block(route, resetAfter);
        }

        return response switch
        {
            { IsSuccessStatusCode: true } => new DiscordApiResult.Success(body),
            { StatusCode: >= HttpStatusCode.InternalServerError } => new DiscordApiResult.Unavailable($"HTTP {(int)response.StatusCode}", ServiceFaultMapper.From(response.StatusCode)),
            _ => new DiscordApiResult.Rejected(response.StatusCode, ReadCode(body), body),
        };
    }

    private static int ReadCode(JsonElement body) =>
        body is { ValueKind: JsonValueKind.Object } && body.TryGetProperty("code", out var code) && code.ValueKind == JsonValueKind.Number && code.TryGetInt32(out var number)
            ? number
            : 0;

    private static JsonElement ParseJson(byte[] body)
    {
        try
        {
            return body.Length == 0 ? default : JsonSerializer.Deserialize<JsonElement>(body);
        }
        catch (JsonException)
        {
            // For example the error page of a proxy.
            return default;
        }
    }

    private void LogHealth(DiscordApiResult result)
    {
        if (result is not DiscordApiResult.Unavailable { Reason: var reason })
        {
            if (Interlocked.Exchange(ref isUnavailable, 0) == 1)
            {
                LogRecovered();
            }
        }
        else if (Interlocked.Exchange(ref isUnavailable, 1) == 0)
        {
            LogUnavailable(reason);
        }
    }

    // A rejected key and a deleted webhook are faults. An expired interaction and a used authorization code aren't.
    private void RecordHealth(string route, DiscordApiResult result)
    {
        var isNotification = route == DiscordAdminNotifier.Route;
        ServiceFault? fault = result switch
        {
            DiscordApiResult.Unavailable unavailable => unavailable.Fault,
            DiscordApiResult.Rejected { Status: HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden } rejected => ServiceFaultMapper.From(rejected.Status),
            DiscordApiResult.Rejected { Status: HttpStatusCode.NotFound } when isNotification => ServiceFaultMapper.From(HttpStatusCode.NotFound),
            _ => null,
        };
        if (isNotification)
        {
            tracker.Record(NotificationsServiceId, options.Value.Webhook!, fault);
        }
        else
        {
            tracker.Record(ServiceId, options.Value.BaseUrl, fault);
        }
    }

    [LoggerMessage(LogLevel.Warning, "Discord isn't responding; retrying ({Reason})")]
    private partial void LogUnavailable(string reason);

    [LoggerMessage(LogLevel.Information, "Discord is responding again")]
    private partial void LogRecovered();
}
