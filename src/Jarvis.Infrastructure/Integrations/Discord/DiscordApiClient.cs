using System.Net;
using System.Text.Json;
using Jarvis.Application.Administration;
using Jarvis.Application.Discord;
using Jarvis.Infrastructure.Integrations.ExternalServices;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Jarvis.Infrastructure.Integrations.Discord;

/// <summary>
/// Every call to Discord. It waits where Discord says so, as long as the caller has patience; a server that fails is asked again,
/// so what is asked may be done twice. Says once in the log that Discord is away, and once that it is back.
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

    private readonly DiscordRateLimitState pauses = new(clock);
    private int isUnavailable;

    public DiscordState Get()
    {
        var settings = options.Value;

        return new DiscordState(settings.AcceptsInteractions, settings.CanLink, settings.SendsNotifications);
    }

    /// <param name="route">What Discord counts together: calls of the same route wait for each other's limits.</param>
    /// <param name="request">Makes it anew for each try.</param>
    /// <param name="timeout">For waits between tries, all together.</param>
    public async Task<DiscordApiResult> SendAsync(string route, Func<HttpRequestMessage> request, TimeSpan timeout, CancellationToken cancellationToken)
    {
        var pause = FirstDelay;
        for (var tries = 1; ; tries++)
        {
            var wait = pauses.Remaining(route);
            if (wait == TimeSpan.Zero)
            {
                var answer = await TryAsync(route, request, cancellationToken);
                ReportHealth(answer);
                RecordHealth(route, answer);
                if (answer is DiscordApiResult.Success or DiscordApiResult.Rejected || tries == MaxAttempts)
                {
                    return answer;
                }

                wait = answer is DiscordApiResult.RateLimited limited ? limited.Wait : pause;
                pause *= 2;
            }

            if (wait > timeout)
            {
                return new DiscordApiResult.RateLimited(wait);
            }

            timeout -= wait;
            await Task.Delay(wait, clock, cancellationToken);
        }
    }

    private async Task<DiscordApiResult> TryAsync(string route, Func<HttpRequestMessage> request, CancellationToken caller)
    {
        using var timeout = new CancellationTokenSource(AttemptTimeout, clock);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(caller, timeout.Token);
        try
        {
            using var client = clients.CreateClient(HttpClientName);
            using var message = request();
            using var response = await client.SendAsync(message, ending.Token);
            var body = Json(await response.Content.ReadAsByteArrayAsync(ending.Token));

            return Read(route, response, body);
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            return new DiscordApiResult.Unavailable((e as HttpRequestException)?.HttpRequestError.ToString() ?? "the response was interrupted", ServiceFaultMapper.From(e));
        }
        catch (OperationCanceledException) when (!caller.IsCancellationRequested)
        {
            return new DiscordApiResult.Unavailable("timed out", ServiceFaultMapper.Timeout);
        }
    }

    private DiscordApiResult Read(string route, HttpResponseMessage response, JsonElement body)
    {
        if (response.StatusCode == HttpStatusCode.TooManyRequests)
        {
            var wait = DiscordRateLimitHeaders.GetRetryAfter(response, body);
            pauses.Block(DiscordRateLimitHeaders.IsGlobal(response, body) ? null : route, wait);

            return new DiscordApiResult.RateLimited(wait);
        }

        if (DiscordRateLimitHeaders.GetResetAfter(response) is { } used)
        {
            pauses.Block(route, used);
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

    private static JsonElement Json(byte[] body)
    {
        try
        {
            return body.Length == 0 ? default : JsonSerializer.Deserialize<JsonElement>(body);
        }
        catch (JsonException)
        {
            // A proxy's page, or garbage: whoever needs the body finds none.
            return default;
        }
    }

    private void ReportHealth(DiscordApiResult answer)
    {
        if (answer is not DiscordApiResult.Unavailable { Reason: var reason })
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

    // Refused is a key, or a webhook that is gone; a reply that came too late, or a code that was used, is nobody's fault.
    private void RecordHealth(string route, DiscordApiResult answer)
    {
        var isNotice = route == DiscordAdminNotifier.Route;
        ServiceFault? fault = answer switch
        {
            DiscordApiResult.Unavailable away => away.Fault,
            DiscordApiResult.Rejected { Status: HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden } refused => ServiceFaultMapper.From(refused.Status),
            DiscordApiResult.Rejected { Status: HttpStatusCode.NotFound } when isNotice => ServiceFaultMapper.From(HttpStatusCode.NotFound),
            _ => null,
        };
        if (isNotice)
        {
            tracker.Record(NotificationsServiceId, options.Value.WebhookUrl!, fault);
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
