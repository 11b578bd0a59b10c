using System.Diagnostics;
using Jarvis.Application.Discord;
using Jarvis.Testing.StandIns;

namespace Jarvis.Infrastructure.Tests.Discord;

public sealed class DiscordRepliesTests : IAsyncLifetime
{
    private DiscordUnderTest discord = null!;

    public async ValueTask InitializeAsync() => discord = await DiscordUnderTest.StartAsync();

    public ValueTask DisposeAsync() => discord.DisposeAsync();

    [Fact]
    public async Task Discord_is_left_alone_for_as_long_as_it_says()
    {
        discord.StandIn.Misbehave(DiscordFault.RateLimited(1.2), times: 1);
        var began = Stopwatch.GetTimestamp();

        var sent = await EditAsync();

        sent.Error.Should().BeNull();
        Stopwatch.GetElapsedTime(began).Should().BeGreaterThan(TimeSpan.FromSeconds(1.1));
        discord.StandIn.Requests.Should().HaveCount(2, "it does not ask again in between");
    }

    [Fact]
    public async Task A_wait_that_is_too_long_is_given_back_and_nothing_is_asked_until_then()
    {
        discord.StandIn.Misbehave(DiscordFault.RateLimited(600), times: 1);

        var refused = await EditAsync();
        var again = await EditAsync();

        refused.Error!.Code.Should().Be("discord.too_many");
        refused.Error.RetryAfter.Should().Be(TimeSpan.FromSeconds(600));
        again.Error!.RetryAfter.Should().BeCloseTo(TimeSpan.FromSeconds(600), TimeSpan.FromSeconds(20));
        discord.StandIn.Requests.Should().ContainSingle();
    }

    [Theory]
    [InlineData(true, 1)]
    [InlineData(false, 2)]
    public async Task A_limit_of_one_route_stops_no_other_and_a_global_one_stops_all(bool isGlobal, int requests)
    {
        discord.StandIn.Misbehave(DiscordFault.RateLimited(600) with { Global = isGlobal }, times: 1);

        await EditAsync("one");
        await EditAsync("two");

        discord.StandIn.Requests.Should().HaveCount(requests);
    }

    [Fact]
    public async Task A_header_alone_is_enough_and_so_is_no_word_at_all()
    {
        discord.StandIn.Misbehave(new DiscordFault { Status = 429, RetryAfterHeader = "1" }, times: 1);
        discord.StandIn.Misbehave(DiscordFault.RateLimitedWithoutAWord, times: 1);

        (await EditAsync()).Error.Should().BeNull();
    }

    [Fact]
    public async Task What_was_used_up_is_waited_for_before_it_is_refused()
    {
        discord.StandIn.Headers = [("X-RateLimit-Limit", "5"), ("X-RateLimit-Remaining", "0"), ("X-RateLimit-Reset-After", "1.0")];
        var began = Stopwatch.GetTimestamp();

        await EditAsync();
        await EditAsync();

        Stopwatch.GetElapsedTime(began).Should().BeGreaterThan(TimeSpan.FromSeconds(0.9));
    }

    [Theory]
    [InlineData(404, 10015, "discord.interaction_gone")]
    [InlineData(401, 50027, "discord.interaction_gone")]
    [InlineData(400, 50035, "discord.reply_refused")]
    [InlineData(403, 0, "discord.reply_refused")]
    [InlineData(500, 0, "discord.away")]
    public async Task A_refusal_says_whether_it_is_for_good(int status, int code, string expected)
    {
        discord.StandIn.Misbehave(new DiscordFault { Status = status, Code = code });

        var refused = await EditAsync();

        refused.Error!.Code.Should().Be(expected);
    }

    [Fact]
    public async Task Whoever_stops_does_not_wait_for_Discord()
    {
        discord.StandIn.Misbehave(DiscordFault.Silence);
        using var stopping = new CancellationTokenSource(TimeSpan.FromMilliseconds(300));

        var editing = () => discord.Get<IDiscordReplies>().EditOriginalAsync(Reply("one"), stopping.Token);

        await editing.Should().ThrowAsync<OperationCanceledException>();
    }

    private Task<Domain.Common.Result> EditAsync(string token = "one")
    {
        discord.StandIn.Expect(token);

        return discord.Get<IDiscordReplies>().EditOriginalAsync(Reply(token), CancellationToken.None);
    }

    private static DiscordReply Reply(string token) => new(DiscordStandIn.ApplicationId, token, "Hello", IsEphemeral: true);
}
