using Jarvis.Application.Common;
using Jarvis.Infrastructure.Discord;
using Jarvis.Testing.StandIns;

namespace Jarvis.Infrastructure.Tests.Discord;

public sealed class DiscordNoticesTests : IAsyncLifetime
{
    private DiscordUnderTest discord = null!;
    private DiscordNotices notices = null!;

    public async ValueTask InitializeAsync()
    {
        discord = await DiscordUnderTest.StartAsync();
        notices = discord.Get<DiscordNotices>();
        await notices.StartAsync(CancellationToken.None);
    }

    public async ValueTask DisposeAsync()
    {
        await notices.StopAsync(CancellationToken.None);
        await discord.DisposeAsync();
    }

    [Fact]
    public async Task Many_at_once_are_one_message_that_calls_nobody()
    {
        for (var i = 0; i < 50; i++)
        {
            notices.Tell(new Notice("Memory gave up on a conversation.", $"conversation {i}"));
        }

        notices.Tell(new Notice("A bug was reported.", "@everyone **look** [here](https://evil.example)", new Uri("https://dev.azure.com/o/p/_workitems/edit/7")));
        await discord.StandIn.WaitForAsync(1, request => request.IsNotice);

        var message = discord.StandIn.Notices.Should().ContainSingle().Subject;
        message.Content.Should().StartWith("**Memory gave up on a conversation.** (×50)\n- conversation 0").And.Contain("… and 47 more");
        message.Content.Should().Contain(@"@everyone \*\*look\*\* \[here\]\(https://evil.example\) <https://dev.azure.com/o/p/_workitems/edit/7>");
        message.Json.GetProperty("allowed_mentions").GetProperty("parse").GetArrayLength().Should().Be(0);
        message.Json.GetProperty("flags").GetInt32().Should().Be(4);
    }

    [Fact]
    public async Task Telling_takes_no_time_whatever_Discord_does_and_what_comes_meanwhile_is_told_together()
    {
        discord.StandIn.Misbehave(DiscordFault.RateLimited(1.5), times: 1);
        notices.Tell(new Notice("First."));
        await discord.StandIn.WaitForAsync(1, request => request.IsNotice);

        for (var i = 0; i < 5_000; i++)
        {
            notices.Tell(new Notice("Then.", $"{i}"));
        }

        await discord.StandIn.WaitForAsync(3, request => request.IsNotice);
        discord.StandIn.Notices[1].Content.Should().Be("**First.**", "it is sent again");
        discord.StandIn.Notices[2].Content.Should().StartWith("**Then.** (×1000)", "no more than that wait");
    }

    [Fact]
    public async Task What_was_told_just_before_the_end_still_goes_out()
    {
        // A service that is stopped before it has begun never begins.
        notices.Tell(new Notice("First words."));
        await discord.StandIn.WaitForAsync(1, request => request.IsNotice);
        notices.Tell(new Notice("Last words."));

        await notices.StopAsync(CancellationToken.None);

        discord.StandIn.Notices.Should().HaveCount(2);
    }

    [Fact]
    public void The_longest_of_notices_are_no_longer_than_a_message()
    {
        var long_ = new string('*', 5_000);
        var many = Enumerable.Range(0, 200).Select(i => new Notice($"{i % 20} {long_}", $"{i} {long_}", new Uri($"https://example.org/{i}")));

        var text = NoticeText.Of(many);

        text.Length.Should().BeLessThanOrEqualTo(2_000);
        text.Should().Contain("other kinds of notices");
    }

    [Fact]
    public async Task Without_an_address_nothing_is_sent_and_nothing_waits()
    {
        await using var off = await DiscordUnderTest.StartAsync(("Discord:WebhookUrl", ""));
        var silent = off.Get<DiscordNotices>();
        await silent.StartAsync(CancellationToken.None);

        silent.Tell(new Notice("Nobody hears this."));
        await silent.StopAsync(CancellationToken.None);

        off.StandIn.Requests.Should().BeEmpty();
    }
}
