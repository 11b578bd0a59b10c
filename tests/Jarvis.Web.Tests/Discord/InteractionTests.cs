using System.Net;
using System.Text.Json;
using Jarvis.Testing;
using Jarvis.Testing.StandIns;

namespace Jarvis.Web.Tests.Discord;

/// <summary>What Jarvis takes for Discord's word.</summary>
public sealed class InteractionTests : IAsyncLifetime
{
    private DiscordStand stand = null!;

    public async ValueTask InitializeAsync() => stand = await DiscordStand.StartAsync();

    public ValueTask DisposeAsync() => stand.DisposeAsync();

    [Fact]
    public async Task A_ping_gets_a_pong()
    {
        var pong = await stand.Discord.SendAsync(stand.Address, DiscordInteraction.Ping());

        pong.GetProperty("type").GetInt32().Should().Be(1);
    }

    [Fact]
    public async Task What_another_key_signed_is_refused()
    {
        await using var another = await DiscordStandIn.StartAsync();

        using var response = await another.PostAsync(stand.Address, DiscordInteraction.Ping());

        await ExpectAsync(response, HttpStatusCode.Unauthorized, "discord.not_signed");
    }

    [Fact]
    public async Task What_was_changed_by_a_single_space_on_its_way_is_refused()
    {
        using var response = await stand.Discord.PostAsync(stand.Address, DiscordInteraction.Ping(), tampered: body => body.Replace("\"type\":1", "\"type\": 1", StringComparison.Ordinal));

        await ExpectAsync(response, HttpStatusCode.Unauthorized, "discord.not_signed");
    }

    [Theory]
    [InlineData(-301)]
    [InlineData(360)]
    [InlineData(-1_000_000_000)]
    public async Task What_was_signed_long_ago_or_in_the_future_is_refused(int seconds)
    {
        using var response = await stand.Discord.PostAsync(stand.Address, DiscordInteraction.Ping(), TimeProvider.System.GetUtcNow().AddSeconds(seconds));

        await ExpectAsync(response, HttpStatusCode.Unauthorized, "discord.not_signed");
    }

    [Theory]
    [InlineData(null, null)]
    [InlineData("", "")]
    [InlineData("zz", "1700000000")]
    [InlineData("00", "not a number")]
    [InlineData("00000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000", "99999999999999999999")]
    public async Task What_is_not_signed_at_all_is_refused(string? signature, string? timestamp)
    {
        using var http = stand.Host.CreateClient();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/discord/interactions") { Content = new StringContent("{\"type\":1}") };
        if (signature is not null)
        {
            request.Headers.TryAddWithoutValidation("X-Signature-Ed25519", signature);
            request.Headers.TryAddWithoutValidation("X-Signature-Timestamp", timestamp);
        }

        using var response = await http.SendAsync(request);

        await ExpectAsync(response, HttpStatusCode.Unauthorized, "discord.not_signed");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_comes_a_second_time_counts_once_also_without_Redis(bool redisIsThere)
    {
        var (client, ada) = await stand.LinkedAsync();
        using var _ = client;
        var question = DiscordInteraction.Ask(ada, DiscordPlace.Direct(), "Count this once");
        if (!redisIsThere)
        {
            await stand.Host.StopRedisAsync();
        }

        await stand.Discord.AskAsync(stand.Address, question);
        using var replayed = await stand.Discord.PostAsync(stand.Address, question);

        await ExpectAsync(replayed, HttpStatusCode.Conflict, "discord.replayed");
        stand.Model.Chats.Count(chat => chat.Prompt == "Count this once").Should().Be(1);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("not JSON")]
    [InlineData("{\"type\":2,\"id\":\"1\"}")]
    [InlineData("{\"type\":\"two\",\"id\":7,\"data\":[]}")]
    public async Task What_Discord_would_not_send_is_refused_although_it_is_signed(string body)
    {
        var (signature, timestamp) = stand.Discord.Sign(body);
        using var http = stand.Host.CreateClient();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/discord/interactions") { Content = new StringContent(body) };
        request.Headers.Add("X-Signature-Ed25519", signature);
        request.Headers.Add("X-Signature-Timestamp", timestamp);

        using var response = await http.SendAsync(request);

        await ExpectAsync(response, HttpStatusCode.UnprocessableEntity, "request.malformed");
    }

    [Fact]
    public async Task A_command_that_is_not_known_is_answered_with_those_that_are()
    {
        var (client, ada) = await stand.LinkedAsync();
        using var _ = client;

        var answer = await stand.Discord.SendAsync(stand.Address, DiscordInteraction.Command(ada, DiscordPlace.Direct(), "dance"));

        answer.GetProperty("data").Text("content").Should().Contain("/ask").And.Contain("/forget");
    }

    [Fact]
    public async Task Who_has_not_linked_an_account_is_told_where_in_their_language()
    {
        var stranger = DiscordPerson.New("Staszek") with { Locale = "pl" };

        var answer = await stand.Discord.SendAsync(stand.Address, DiscordInteraction.Ask(stranger, DiscordPlace.Channel(), "Who am I?"));

        answer.GetProperty("type").GetInt32().Should().Be(4);
        answer.GetProperty("data").GetProperty("flags").GetInt32().Should().Be(64 + 4);
        answer.GetProperty("data").Text("content").Should().Contain("Najpierw połącz").And.Contain($"{stand.Address}settings#discord");
    }

    private static async Task ExpectAsync(HttpResponseMessage response, HttpStatusCode status, string code)
    {
        var text = await response.Content.ReadAsStringAsync();
        response.StatusCode.Should().Be(status, text);
        JsonSerializer.Deserialize<JsonElement>(text).Text("code").Should().Be(code);
    }
}
