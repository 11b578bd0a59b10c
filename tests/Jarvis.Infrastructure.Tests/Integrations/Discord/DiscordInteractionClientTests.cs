using System.Diagnostics;
using Jarvis.Application.Discord;

namespace Jarvis.Infrastructure.Tests.Integrations.Discord;

public sealed class DiscordInteractionClientTests : IAsyncLifetime
{
    private DiscordClientFixture discord = null!;

    public async ValueTask InitializeAsync() => discord = await DiscordClientFixture.StartAsync();

    public ValueTask DisposeAsync() => discord.DisposeAsync();

    [Fact]
    public async Task Rate_limited_call_waits_for_retry_after_and_succeeds()
    {
        discord.StandIn.AddFault(DiscordFault.RateLimited(1.2), times: 1);
        var started = Stopwatch.GetTimestamp();

        var sent = await EditAsync();

        sent.Error.Should().BeNull();
        Stopwatch.GetElapsedTime(started).Should().BeGreaterThan(TimeSpan.FromSeconds(1.1));
        discord.StandIn.Requests.Should().HaveCount(2, "it waits for the retry delay");
    }

    [Fact]
    public async Task Long_retry_after_is_returned_and_blocks_further_calls()
    {
        discord.StandIn.AddFault(DiscordFault.RateLimited(600), times: 1);

        var refused = await EditAsync();
        var second = await EditAsync();

        refused.Error!.Code.Should().Be("discord.too_many");
        refused.Error.RetryAfter.Should().Be(TimeSpan.FromSeconds(600));
        second.Error!.RetryAfter.Should().BeCloseTo(TimeSpan.FromSeconds(600), TimeSpan.FromSeconds(20));
        discord.StandIn.Requests.Should().ContainSingle();
    }

    [Theory]
    [InlineData(true, 1)]
    [InlineData(false, 2)]
    public async Task Route_limit_blocks_one_route_and_global_limit_blocks_all(bool isGlobal, int requests)
    {
        discord.StandIn.AddFault(DiscordFault.RateLimited(600) with { Global = isGlobal }, times: 1);

        await EditAsync("one");
        await EditAsync("two");

        discord.StandIn.Requests.Should().HaveCount(requests);
    }

    [Fact]
    public async Task Rate_limit_with_header_only_or_no_details_is_retried()
    {
        discord.StandIn.AddFault(new DiscordFault { Status = 429, RetryAfterHeader = "1" }, times: 1);
        discord.StandIn.AddFault(DiscordFault.RateLimitedWithoutBody, times: 1);

        (await EditAsync()).Error.Should().BeNull();
    }

    [Fact]
    public async Task Exhausted_rate_limit_is_awaited_before_the_next_call()
    {
        discord.StandIn.Headers = [("X-RateLimit-Limit", "5"), ("X-RateLimit-Remaining", "0"), ("X-RateLimit-Reset-After", "1.0")];
        var started = Stopwatch.GetTimestamp();

        await EditAsync();
        await EditAsync();

        Stopwatch.GetElapsedTime(started).Should().BeGreaterThan(TimeSpan.FromSeconds(0.9));
    }

    [Theory]
    [InlineData(404, 10015, "discord.interaction_gone")]
    [InlineData(401, 50027, "discord.interaction_gone")]
    [InlineData(400, 50035, "discord.reply_refused")]
    [InlineData(403, 0, "discord.reply_refused")]
    [InlineData(500, 0, "discord.away")]
    public async Task Discord_error_status_maps_to_error_code(int status, int code, string expected)
    {
        discord.StandIn.AddFault(new DiscordFault { Status = status, Code = code });

        var refused = await EditAsync();

        refused.Error!.Code.Should().Be(expected);
    }

    [Fact]
    public async Task Cancellation_does_not_wait_for_Discord()
    {
        discord.StandIn.AddFault(DiscordFault.Silence);
        using var stopping = new CancellationTokenSource(TimeSpan.FromMilliseconds(300));

        var act = () => discord.Get<IDiscordInteractionClient>().EditOriginalAsync(Reply("one"), stopping.Token);

        await act.Should().ThrowAsync<OperationCanceledException>();
    }

    private Task<Domain.Common.Result> EditAsync(string token = "one")
    {
        discord.StandIn.Expect(token);

        return discord.Get<IDiscordInteractionClient>().EditOriginalAsync(Reply(token), CancellationToken.None);
    }

    private static DiscordReply Reply(string token) => new(DiscordStandIn.ApplicationId, token, "Hello", IsEphemeral: true);
}
