using Jarvis.Application.Common;
using Jarvis.Infrastructure.Integrations.Discord;

namespace Jarvis.Infrastructure.Tests.Integrations.Discord;

public sealed class DiscordAdminNotifierTests : IAsyncLifetime
{
    private DiscordClientFixture discord = null!;
    private DiscordAdminNotifier notices = null!;

    public async ValueTask InitializeAsync()
    {
        discord = await DiscordClientFixture.StartAsync();
        notices = discord.Get<DiscordAdminNotifier>();
        await notices.StartAsync(CancellationToken.None);
    }

    public async ValueTask DisposeAsync()
    {
        await notices.StopAsync(CancellationToken.None);
        await discord.DisposeAsync();
    }

    [Fact]
    public async Task Notifications_are_grouped_in_one_message_without_mentions()
    {
        for (var i = 0; i < 50; i++)
        {
            notices.Notify(new AdminNotification("A memory job failed.", $"conversation {i}"));
        }

        notices.Notify(new AdminNotification("New bug report.", "@everyone **look** [here](https://evil.example)", new Uri("https://dev.azure.com/o/p/_workitems/edit/7")));
        await discord.StandIn.WaitForAsync(1, request => request.IsNotice);

        var message = discord.StandIn.Notices.Should().ContainSingle().Subject;
        message.Content.Should().StartWith("**A memory job failed.** (×50)\n- conversation 0").And.Contain("… and 47 more");
        message.Content.Should().Contain(@"@everyone \*\*look\*\* \[here\]\(https://evil.example\) <https://dev.azure.com/o/p/_workitems/edit/7>");
        message.Json.GetProperty("allowed_mentions").GetProperty("parse").GetArrayLength().Should().Be(0);
        message.Json.GetProperty("flags").GetInt32().Should().Be(4);
    }

    [Fact]
    public async Task Notifications_during_a_rate_limit_are_queued_and_sent_together()
    {
        discord.StandIn.AddFault(DiscordFault.RateLimited(1.5), times: 1);
        notices.Notify(new AdminNotification("First."));
        await discord.StandIn.WaitForAsync(1, request => request.IsNotice);

        for (var i = 0; i < 5_000; i++)
        {
            notices.Notify(new AdminNotification("Then.", $"{i}"));
        }

        await discord.StandIn.WaitForAsync(3, request => request.IsNotice);
        discord.StandIn.Notices[1].Content.Should().Be("**First.**", "the notification is sent again");
        discord.StandIn.Notices[2].Content.Should().StartWith("**Then.** (×1000)", "the queue is limited");
    }

    [Fact]
    public async Task Pending_notification_is_sent_on_shutdown()
    {
        // A service that is stopped before it has started never runs.
        notices.Notify(new AdminNotification("First words."));
        await discord.StandIn.WaitForAsync(1, request => request.IsNotice);
        notices.Notify(new AdminNotification("Last words."));

        await notices.StopAsync(CancellationToken.None);

        discord.StandIn.Notices.Should().HaveCount(2);
    }

    [Fact]
    public void Notification_text_fits_into_one_Discord_message()
    {
        var long_ = new string('*', 5_000);
        var many = Enumerable.Range(0, 200).Select(i => new AdminNotification($"{i % 20} {long_}", $"{i} {long_}", new Uri($"https://example.org/{i}")));

        var text = NotificationFormatter.Format(many);

        text.Length.Should().BeLessThanOrEqualTo(2_000);
        text.Should().Contain("other kinds of notifications");
    }

    [Fact]
    public async Task Notifier_without_webhook_URL_sends_nothing()
    {
        await using var unconfigured = await DiscordClientFixture.StartAsync(("Discord:WebhookUrl", ""));
        var disabled = unconfigured.Get<DiscordAdminNotifier>();
        await disabled.StartAsync(CancellationToken.None);

        disabled.Notify(new AdminNotification("Nobody hears this."));
        await disabled.StopAsync(CancellationToken.None);

        unconfigured.StandIn.Requests.Should().BeEmpty();
    }
}
