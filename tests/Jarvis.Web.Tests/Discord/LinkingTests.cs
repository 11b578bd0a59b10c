using System.Net;
using Microsoft.AspNetCore.WebUtilities;

namespace Jarvis.Web.Tests.Discord;

public sealed class LinkingTests : IAsyncLifetime
{
    private DiscordFixture fixture = null!;

    public async ValueTask InitializeAsync() => fixture = await DiscordFixture.RentAsync();

    public ValueTask DisposeAsync() => fixture.ReleaseAsync();

    [Fact]
    public async Task Users_can_link_unlink_and_swap_accounts()
    {
        using var ewa = await JarvisClient.RegisterAsync(fixture.Host);
        using var jan = await JarvisClient.RegisterAsync(fixture.Host);
        var (one, two) = (DiscordPerson.New("One"), DiscordPerson.New("Two"));

        var linked = new[] { await fixture.LinkAsync(ewa, one), await fixture.LinkAsync(jan, two) };
        var rejected = await fixture.LinkAsync(jan, one);
        await UnlinkByFormAsync(ewa);
        await jan.SendAsync(HttpMethod.Delete, "/discord/link");
        var swapped = new[] { await fixture.LinkAsync(ewa, two), await fixture.LinkAsync(jan, one) };

        linked.Concat(swapped).Should().OnlyContain(word => word == "linked");
        rejected.Should().Be("discord.linked_already", "Jan already has a linked account");
        (await SettingsAsync(ewa)).Should().Contain(">Two<");
        (await SettingsAsync(jan)).Should().Contain(">One<");
        fixture.Discord.ActiveTokens.Should().Be(0, "Jarvis revokes the access token");
    }

    [Fact]
    public async Task Account_linked_to_another_user_is_rejected()
    {
        var (ewa, account) = await fixture.CreateLinkedAsync();
        using var _ = ewa;
        using var jan = await JarvisClient.RegisterAsync(fixture.Host);

        var word = await fixture.LinkAsync(jan, account);

        word.Should().Be("discord.account_taken");
        (await SettingsAsync(jan, "?discord=" + word)).Should().Contain("belongs to another user").And.Contain("Link my Discord account");
    }

    [Fact]
    public async Task Same_account_can_be_linked_again()
    {
        var (ewa, account) = await fixture.CreateLinkedAsync();
        using var _ = ewa;

        (await fixture.LinkAsync(ewa, account)).Should().Be("linked");
    }

    [Fact]
    public async Task Stolen_OAuth_state_is_rejected_for_other_users_and_browsers()
    {
        using var victim = await JarvisClient.RegisterAsync(fixture.Host);
        using var otherUser = await JarvisClient.RegisterAsync(fixture.Host);
        using var otherBrowser = await JarvisClient.SignInAsync(fixture.Host, victim.Username);
        var forThief = fixture.Discord.Approve(await DiscordFixture.GetAuthorizeUrlAsync(victim), DiscordPerson.New("Thief"));
        var forOther = fixture.Discord.Approve(await DiscordFixture.GetAuthorizeUrlAsync(victim), DiscordPerson.New("Thief"));

        var words = new[] { await DiscordFixture.ReturnAsync(otherUser, forThief), await DiscordFixture.ReturnAsync(otherBrowser, forOther) };

        words.Should().OnlyContain(word => word == "discord.link_refused");
        (await DiscordFixture.ReturnAsync(victim, forOther)).Should().Be("discord.link_refused", "the code was used once");
        fixture.Discord.Requests.Should().BeEmpty("no code is exchanged without its state");
    }

    [Fact]
    public async Task Callback_can_be_used_only_once()
    {
        using var ewa = await JarvisClient.RegisterAsync(fixture.Host);
        var callback = fixture.Discord.Approve(await DiscordFixture.GetAuthorizeUrlAsync(ewa), DiscordPerson.New());
        await DiscordFixture.ReturnAsync(ewa, callback);
        await ewa.SendAsync(HttpMethod.Delete, "/discord/link");

        var second = await DiscordFixture.ReturnAsync(ewa, callback);

        second.Should().Be("discord.link_refused");
        (await SettingsAsync(ewa)).Should().Contain("Link my Discord account");
    }

    [Fact]
    public async Task Replayed_code_is_rejected()
    {
        using var ewa = await JarvisClient.RegisterAsync(fixture.Host);
        var used = fixture.Discord.Approve(await DiscordFixture.GetAuthorizeUrlAsync(ewa), DiscordPerson.New());
        await DiscordFixture.ReturnAsync(ewa, used);
        await ewa.SendAsync(HttpMethod.Delete, "/discord/link");
        var fresh = QueryHelpers.ParseQuery((await DiscordFixture.GetAuthorizeUrlAsync(ewa)).Query)["state"];

        var word = await DiscordFixture.ReturnAsync(ewa, WithState(used, fresh!));

        word.Should().Be("discord.code_refused");
    }

    [Fact]
    public async Task Code_from_another_attempt_is_rejected()
    {
        using var ewa = await JarvisClient.RegisterAsync(fixture.Host);
        var first = fixture.Discord.Approve(await DiscordFixture.GetAuthorizeUrlAsync(ewa), DiscordPerson.New());
        var state = QueryHelpers.ParseQuery((await DiscordFixture.GetAuthorizeUrlAsync(ewa)).Query)["state"];

        var word = await DiscordFixture.ReturnAsync(ewa, WithState(first, state!));

        word.Should().Be("discord.code_refused");
    }

    [Fact]
    public async Task Declined_authorization_is_reported_as_declined()
    {
        using var ewa = await JarvisClient.RegisterAsync(fixture.Host);
        var state = QueryHelpers.ParseQuery((await DiscordFixture.GetAuthorizeUrlAsync(ewa)).Query)["state"];

        var word = await DiscordFixture.ReturnAsync(ewa, new Uri(fixture.Address, $"/discord/callback?error=access_denied&state={state}"));

        word.Should().Be("discord.link_declined");
    }

    [Theory]
    [InlineData("500", "discord.away")]
    [InlineData("garbage", "discord.away")]
    [InlineData("html", "discord.away")]
    [InlineData("429", "discord.too_many&wait=120")]
    public async Task Discord_error_is_reported_and_linking_can_be_retried(string fault, string expected)
    {
        using var ewa = await JarvisClient.RegisterAsync(fixture.Host);
        fixture.Discord.AddFault(fault switch
        {
            "500" => DiscordFault.ServerError,
            "garbage" => DiscordFault.Garbage,
            "html" => DiscordFault.HtmlPage,
            _ => DiscordFault.RateLimited(120),
        });

        var word = await fixture.LinkAsync(ewa, DiscordPerson.New());
        fixture.Discord.ClearFaults();

        word.Should().Be(expected);
        (await SettingsAsync(ewa, "?discord=" + word)).Should().Contain("Nothing was changed").And.Contain("Link my Discord account");
    }

    [Fact]
    public async Task Linking_during_Redis_outage_reports_an_error()
    {
        using var ewa = await JarvisClient.RegisterAsync(fixture.Host);
        await fixture.Host.StopRedisAsync();

        using var response = await ewa.Http.GetAsync("/discord/link");

        response.Headers.Location!.ToString().Should().Be("/settings?discord=discord.link_store_away#discord");
    }

    [Fact]
    public async Task Unlinked_user_gets_no_pending_answer_and_must_link_again()
    {
        var (ewa, account) = await fixture.CreateLinkedAsync();
        using var _ = ewa;
        fixture.Model.TokenDelay = TimeSpan.FromMilliseconds(300);
        var question = DiscordInteraction.Ask(account, DiscordChannel.Direct(), "Take your time");
        await fixture.Discord.SendAsync(fixture.Address, question);
        await fixture.Model.WaitForAsync();

        await ewa.SendAsync(HttpMethod.Delete, "/discord/link");
        fixture.Model.TokenDelay = TimeSpan.Zero;
        var later = await fixture.Discord.SendAsync(fixture.Address, DiscordInteraction.Ask(account, DiscordChannel.Direct(), "And now?"));
        await JarvisClient.UntilAsync(async () => (await ewa.TurnsAsync((await ewa.GetAsync("/chat/conversations")).Items()[0].Id()))[0].Text("status"), status => status == "completed");

        later.GetProperty("data").Text("content").Should().Contain("Link your Discord account");
        fixture.Discord.Messages(question["token"]!.GetValue<string>()).Should().BeEmpty();
    }

    [Fact]
    public async Task Linking_is_unavailable_when_Discord_is_not_configured()
    {
        var host = await SharedHosts.GetAsync();
        using var ewa = await JarvisClient.RegisterAsync(host);

        using var link = await ewa.Http.GetAsync("/discord/link");
        using var interaction = await fixture.Discord.PostAsync(host.BaseAddress, DiscordInteraction.Ping());

        link.Headers.Location!.ToString().Should().Contain("discord.linking_off");
        interaction.StatusCode.Should().Be(HttpStatusCode.NotFound);
        (await SettingsAsync(ewa)).Should().Contain("set up Discord").And.NotContain("/discord/link");
    }

    private static Uri WithState(Uri callback, string state) =>
        new(QueryHelpers.AddQueryString(callback.GetLeftPart(UriPartial.Path), new Dictionary<string, string?> { ["code"] = QueryHelpers.ParseQuery(callback.Query)["code"], ["state"] = state }));

    private static async Task<string> SettingsAsync(JarvisClient client, string query = "")
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/settings" + query);
        request.Headers.Accept.ParseAdd("text/html");
        using var response = await client.Http.SendAsync(request);

        return WebUtility.HtmlDecode(await response.Content.ReadAsStringAsync());
    }

    private static async Task UnlinkByFormAsync(JarvisClient client)
    {
        var page = await SettingsAsync(client);
        var token = System.Text.RegularExpressions.Regex.Match(page, "name=\"__RequestVerificationToken\"[^>]*value=\"([^\"]+)").Groups[1].Value;
        using var unlinked = await client.Http.PostAsync("/discord/link?handler=Unlink", new FormUrlEncodedContent([KeyValuePair.Create("__RequestVerificationToken", token)]));

        unlinked.Headers.Location!.ToString().Should().Be("/settings?discord=unlinked#discord");
    }
}
