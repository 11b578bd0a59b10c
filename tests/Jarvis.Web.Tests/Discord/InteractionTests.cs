using System.Net;
using System.Text.Json;

namespace Jarvis.Web.Tests.Discord;

/// <summary>Verification of the requests that Jarvis accepts as Discord's.</summary>
public sealed class InteractionTests : IAsyncLifetime
{
    private DiscordFixture fixture = null!;

    public async ValueTask InitializeAsync() => fixture = await DiscordFixture.RentAsync();

    public ValueTask DisposeAsync() => fixture.ReleaseAsync();

    [Fact]
    public async Task Ping_gets_a_pong()
    {
        var pong = await fixture.Discord.SendAsync(fixture.Address, DiscordInteraction.Ping());

        pong.GetProperty("type").GetInt32().Should().Be(1);
    }

    [Fact]
    public async Task Signature_of_another_key_is_rejected()
    {
        await using var another = await DiscordStandIn.StartAsync();

        using var response = await another.PostAsync(fixture.Address, DiscordInteraction.Ping());

        await ExpectAsync(response, HttpStatusCode.Unauthorized, "discord.not_signed");
    }

    [Fact]
    public async Task Tampered_body_is_rejected()
    {
        using var response = await fixture.Discord.PostAsync(fixture.Address, DiscordInteraction.Ping(), tampered: body => body.Replace("\"type\":1", "\"type\": 1", StringComparison.Ordinal));

        await ExpectAsync(response, HttpStatusCode.Unauthorized, "discord.not_signed");
    }

    [Theory]
    [InlineData(-301)]
    [InlineData(360)]
    [InlineData(-1_000_000_000)]
    public async Task Timestamp_too_old_or_in_the_future_is_rejected(int seconds)
    {
        using var response = await fixture.Discord.PostAsync(fixture.Address, DiscordInteraction.Ping(), TimeProvider.System.GetUtcNow().AddSeconds(seconds));

        await ExpectAsync(response, HttpStatusCode.Unauthorized, "discord.not_signed");
    }

    [Theory]
    [InlineData(null, null)]
    [InlineData("", "")]
    [InlineData("zz", "1700000000")]
    [InlineData("00", "not a number")]
    [InlineData("00000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000", "99999999999999999999")]
    public async Task Missing_or_malformed_signature_is_rejected(string? signature, string? timestamp)
    {
        using var http = fixture.Host.CreateClient();
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
    public async Task Replayed_interaction_is_rejected_with_and_without_Redis(bool redisIsThere)
    {
        var (client, ada) = await fixture.CreateLinkedAsync();
        using var _ = client;
        var question = DiscordInteraction.Ask(ada, DiscordChannel.Direct(), "Count this once");
        if (!redisIsThere)
        {
            await fixture.Host.StopRedisAsync();
        }

        await fixture.Discord.AskAsync(fixture.Address, question);
        using var replayed = await fixture.Discord.PostAsync(fixture.Address, question);

        await ExpectAsync(replayed, HttpStatusCode.Conflict, "discord.replayed");
        fixture.Model.Chats.Count(chat => chat.Prompt == "Count this once").Should().Be(1);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("not JSON")]
    [InlineData("{\"type\":2,\"id\":\"1\"}")]
    [InlineData("{\"type\":\"two\",\"id\":7,\"data\":[]}")]
    public async Task Malformed_interaction_is_rejected_despite_a_valid_signature(string body)
    {
        var (signature, timestamp) = fixture.Discord.Sign(body);
        using var http = fixture.Host.CreateClient();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/discord/interactions") { Content = new StringContent(body) };
        request.Headers.Add("X-Signature-Ed25519", signature);
        request.Headers.Add("X-Signature-Timestamp", timestamp);

        using var response = await http.SendAsync(request);

        await ExpectAsync(response, HttpStatusCode.UnprocessableEntity, "request.malformed");
    }

    [Fact]
    public async Task Unknown_command_is_answered_with_the_known_commands()
    {
        var (client, ada) = await fixture.CreateLinkedAsync();
        using var _ = client;

        var answer = await fixture.Discord.SendAsync(fixture.Address, DiscordInteraction.Command(ada, DiscordChannel.Direct(), "dance"));

        answer.GetProperty("data").Text("content").Should().Contain("/ask").And.Contain("/forget");
    }

    [Fact]
    public async Task Unlinked_user_is_asked_to_link_in_their_language()
    {
        var stranger = DiscordPerson.New("Staszek") with { Locale = "pl" };

        var answer = await fixture.Discord.SendAsync(fixture.Address, DiscordInteraction.Ask(stranger, DiscordChannel.Channel(), "Who am I?"));

        answer.GetProperty("type").GetInt32().Should().Be(4);
        answer.GetProperty("data").GetProperty("flags").GetInt32().Should().Be(64 + 4);
        answer.GetProperty("data").Text("content").Should().Contain("Najpierw połącz").And.Contain($"{fixture.Address}settings#discord");
    }

    private static async Task ExpectAsync(HttpResponseMessage response, HttpStatusCode status, string code)
    {
        var text = await response.Content.ReadAsStringAsync();
        response.StatusCode.Should().Be(status, text);
        JsonSerializer.Deserialize<JsonElement>(text).Text("code").Should().Be(code);
    }
}
