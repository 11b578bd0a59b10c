using System.Net.Http.Json;
using System.Threading.Channels;
using Jarvis.Application.Common;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Jarvis.Infrastructure.Integrations.Discord;

/// <summary>
/// Writes notices into a channel of Discord. What is told while one is on its way, or Discord wants to be left alone, becomes one
/// message; where nothing is configured, nothing is written.
/// </summary>
internal sealed partial class DiscordAdminNotifier(DiscordApiClient http, IOptions<DiscordOptions> options, TimeProvider clock, ILogger<DiscordAdminNotifier> logger)
    : BackgroundService, IAdminNotifier
{
    /// <summary>What its calls are counted as.</summary>
    public const string Route = "notices";

    private const int QueueCapacity = 1_000;
    private const int SuppressEmbeds = 1 << 2;

    /// <summary>What happens at once is mostly one thing.</summary>
    private static readonly TimeSpan BatchDelay = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Timeout = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan DrainTimeout = TimeSpan.FromSeconds(3);

    private readonly Channel<AdminNotification> waiting = Channel.CreateBounded<AdminNotification>(new BoundedChannelOptions(QueueCapacity) { FullMode = BoundedChannelFullMode.DropWrite });

    public void Notify(AdminNotification notice)
    {
        if (options.Value.SendsNotifications)
        {
            waiting.Writer.TryWrite(notice);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var drained = new CancellationTokenSource(System.Threading.Timeout.InfiniteTimeSpan, clock);
        await using var draining = stoppingToken.Register(() =>
        {
            waiting.Writer.TryComplete();
            drained.CancelAfter(DrainTimeout);
        });
        try
        {
            while (await waiting.Reader.WaitToReadAsync(drained.Token))
            {
                await Task.Delay(BatchDelay, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                await SendAsync(NotificationFormatter.Format(Waiting()), drained.Token);
            }
        }
        catch (OperationCanceledException) when (drained.IsCancellationRequested)
        {
            // What could not be told in time stands in the log as well.
        }
    }

    private IEnumerable<AdminNotification> Waiting()
    {
        while (waiting.Reader.TryRead(out var notice))
        {
            yield return notice;
        }
    }

    private async Task SendAsync(string text, CancellationToken cancellationToken)
    {
        var address = options.Value.WebhookUrl!;
        var answer = await http.SendAsync(
            Route,
            () => new HttpRequestMessage(HttpMethod.Post, address) { Content = JsonContent.Create(DiscordMessage.Create(text, SuppressEmbeds)) },
            Timeout,
            cancellationToken);
        if (answer is not DiscordApiResult.Success)
        {
            LogLost(answer is DiscordApiResult.Rejected { Status: var status } ? $"{(int)status}: check Discord:WebhookUrl" : "Discord is unavailable or rate-limiting");
        }
    }

    [LoggerMessage(LogLevel.Warning, "Failed to send a notification to Discord ({Reason})")]
    private partial void LogLost(string reason);
}
