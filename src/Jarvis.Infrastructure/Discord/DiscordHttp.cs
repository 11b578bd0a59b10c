using System.Net;
using System.Text.Json;
using Jarvis.Application.Administration;
using Jarvis.Application.Discord;
using Jarvis.Infrastructure.Outside;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Jarvis.Infrastructure.Discord;

/// <summary>
/// Every call to Discord. It waits where Discord says so, as long as the caller has patience; a server that fails is asked again,
/// so what is asked may be done twice. Says once in the log that Discord is away, and once that it is back.
/// </summary>
internal sealed partial class DiscordHttp(
    IHttpClientFactory clients,
    IOptions<DiscordOptions> options,
    OutsideJournal journal,
    TimeProvider clock,
    ILogger<DiscordHttp> logger) : IDiscordState
{
    public const string HttpClientName = "discord";
    public const int MaxResponseBytes = 1024 * 1024;

    private const int MostTries = 4;
    private static readonly TimeSpan OneTry = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(500);

    private readonly DiscordPauses pauses = new(clock);
    private int isAway;

    public DiscordState Look()
    {
        var settings = options.Value;

        return new DiscordState(settings.TakesInteractions, settings.CanLink, settings.SendsNotices);
    }

    /// <param name="route">What Discord counts together: calls of the same route wait for each other's limits.</param>
    /// <param name="request">Makes it anew for each try.</param>
    /// <param name="patience">For waits between tries, all together.</param>
    public async Task<DiscordAnswer> SendAsync(string route, Func<HttpRequestMessage> request, TimeSpan patience, CancellationToken cancellationToken)
    {
        var pause = FirstPause;
        for (var tries = 1; ; tries++)
        {
            var wait = pauses.Left(route);
            if (wait == TimeSpan.Zero)
            {
                var answer = await TryAsync(route, request, cancellationToken);
                Tell(answer);
                Note(route, answer);
                if (answer is DiscordAnswer.Taken or DiscordAnswer.Refused || tries == MostTries)
                {
                    return answer;
                }

                wait = answer is DiscordAnswer.Limited limited ? limited.Wait : pause;
                pause *= 2;
            }

            if (wait > patience)
            {
                return new DiscordAnswer.Limited(wait);
            }

            patience -= wait;
            await Task.Delay(wait, clock, cancellationToken);
        }
    }

    private async Task<DiscordAnswer> TryAsync(string route, Func<HttpRequestMessage> request, CancellationToken caller)
    {
        using var timeout = new CancellationTokenSource(OneTry, clock);
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
            return new DiscordAnswer.Away((e as HttpRequestException)?.HttpRequestError.ToString() ?? "the answer broke off", OutsideFaults.Of(e));
        }
        catch (OperationCanceledException) when (!caller.IsCancellationRequested)
        {
            return new DiscordAnswer.Away("no answer in time", OutsideFaults.Silent);
        }
    }

    private DiscordAnswer Read(string route, HttpResponseMessage response, JsonElement body)
    {
        if (response.StatusCode == HttpStatusCode.TooManyRequests)
        {
            var wait = DiscordLimits.WaitOf(response, body);
            pauses.Begin(DiscordLimits.IsGlobal(response, body) ? null : route, wait);

            return new DiscordAnswer.Limited(wait);
        }

        if (DiscordLimits.NextAfter(response) is { } used)
        {
            pauses.Begin(route, used);
        }

        return response switch
        {
            { IsSuccessStatusCode: true } => new DiscordAnswer.Taken(body),
            { StatusCode: >= HttpStatusCode.InternalServerError } => new DiscordAnswer.Away($"it answered {(int)response.StatusCode}", OutsideFaults.Of(response.StatusCode)),
            _ => new DiscordAnswer.Refused(response.StatusCode, CodeOf(body), body),
        };
    }

    private static int CodeOf(JsonElement body) =>
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

    private void Tell(DiscordAnswer answer)
    {
        if (answer is not DiscordAnswer.Away { Reason: var reason })
        {
            if (Interlocked.Exchange(ref isAway, 0) == 1)
            {
                LogBack();
            }
        }
        else if (Interlocked.Exchange(ref isAway, 1) == 0)
        {
            LogAway(reason);
        }
    }

    // Refused is a key, or a webhook that is gone; a reply that came too late, or a code that was used, is nobody's fault.
    private void Note(string route, DiscordAnswer answer)
    {
        var isNotice = route == DiscordNotices.Route;
        OutsideFault? fault = answer switch
        {
            DiscordAnswer.Away away => away.Fault,
            DiscordAnswer.Refused { Status: HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden } refused => OutsideFaults.Of(refused.Status),
            DiscordAnswer.Refused { Status: HttpStatusCode.NotFound } when isNotice => OutsideFaults.Of(HttpStatusCode.NotFound),
            _ => null,
        };
        if (isNotice)
        {
            journal.Note(OutsideCatalogue.DiscordNotices, options.Value.WebhookUrl!, fault);
        }
        else
        {
            journal.Note(OutsideCatalogue.Discord, options.Value.BaseUrl, fault);
        }
    }

    [LoggerMessage(LogLevel.Warning, "Discord does not answer ({Reason}): what goes there is tried again")]
    private partial void LogAway(string reason);

    [LoggerMessage(LogLevel.Information, "Discord answers again")]
    private partial void LogBack();
}
