using System.Net.Http.Json;
using System.Threading.Channels;
using Jarvis.Application.Common;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Jarvis.Infrastructure.Integrations.Discord;

/// <summary>
/// Sends notifications to a Discord channel. Notifications that arrive during a request or a rate limit are combined into one message.
/// Without a webhook the notifier is off.
/// </summary>
internal sealed partial class DiscordAdminNotifier(DiscordApiClient http, IOptions<DiscordOptions> options, TimeProvider clock, ILogger<DiscordAdminNotifier> logger)
    : BackgroundService, IAdminNotifier
{
    /// <summary>Name of the rate limit for <see cref="DiscordApiClient"/>.</summary>
    public const string Route = "notices";

    private const int QueueCapacity = 1_000;
    private const int SuppressEmbeds = 1 << 2;

    // Notifications that arrive at the same time usually have the same cause.
    private static readonly TimeSpan BatchDelay = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Timeout = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan DrainTimeout = TimeSpan.FromSeconds(3);

    private readonly Channel<AdminNotification> queue = Channel.CreateBounded<AdminNotification>(new BoundedChannelOptions(QueueCapacity) { FullMode = BoundedChannelFullMode.DropWrite });

    public void Notify(AdminNotification notice)
    {
        if (options.Value.Webhook is not null)
        {
            queue.Writer.TryWrite(notice);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var drained = new CancellationTokenSource(System.Threading.Timeout.InfiniteTimeSpan, clock);
        await using var draining = stoppingToken.Register(() =>
        {
            queue.Writer.TryComplete();
            drained.CancelAfter(DrainTimeout);
        });
        try
        {
            while (await queue.Reader.WaitToReadAsync(drained.Token))
            {
                await Task.Delay(BatchDelay, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                await SendAsync(NotificationFormatter.Format(TakeAll()), drained.Token);
            }
        }
        catch (OperationCanceledException) when (drained.IsCancellationRequested)
        {
            // The log contains the remaining notifications as well.
        }
    }

    private IEnumerable<AdminNotification> TakeAll()
    {
        while (queue.Reader.TryRead(out var notice))
        {
            yield return notice;
        }
    }

    private async Task SendAsync(string text, CancellationToken cancellationToken)
    {
        var address = options.Value.Webhook!;
        var result = await http.SendAsync(
            Route,
            () => new HttpRequestMessage(HttpMethod.Post, address) { Content = JsonContent.Create(DiscordMessage.Create(text, SuppressEmbeds)) },
            Timeout,
            cancellationToken);
        if (result is not DiscordApiResult.Success)
        {
            LogLost(result is DiscordApiResult.Rejected { Status: var status } ? $"{(int)status}: check Discord:WebhookUrl" : "Discord is unavailable or rate-limiting");
        }
    }

    [LoggerMessage(LogLevel.Warning, "Failed to send a notification to Discord ({Reason})")]
    private partial void LogLost(string reason);
}
