using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;

namespace Jarvis.Web.Tests.RateLimiting;

public sealed class RateLimitTests
{
    [Fact]
    public async Task Chat_over_the_users_limit_is_rejected_with_retry_after()
    {
        var host = await HostAsync("Chat", permits: 2);
        using var limitedUser = await JarvisClient.RegisterAsync(host);
        using var other = await JarvisClient.RegisterAsync(host);
        var first = await limitedUser.AskAsync("One");
        await limitedUser.AskAsync("Two", first.Id("conversationId"));

        using var refused = await limitedUser.RawAsync(HttpMethod.Post, "/chat/ask", new { prompt = "Three" });

        await ExpectRefusalAsync(refused, "limit.asking", seconds: 1800);
        (await limitedUser.GetAsync("/chat/conversations")).Items().Should().ContainSingle("reading is not limited");
        (await other.AskAsync("One")).Text("response").Should().NotBeEmpty();
    }

    [Fact]
    public async Task User_has_one_limit_for_pages_API_calls_and_tokens()
    {
        var host = await HostAsync("Chat", permits: 3);
        using var person = await JarvisClient.RegisterAsync(host);
        using var program = await person.WithTokenAsync(host);
        var conversation = (await person.AskAsync("One")).Id("conversationId");
        await program.AskAsync("Two");
        using var form = await AskByFormAsync(person, $"/chat/{conversation}");
        form.StatusCode.Should().Be(HttpStatusCode.Redirect);

        using var call = await program.RawAsync(HttpMethod.Post, "/chat/ask", new { prompt = "Four" });
        using var retried = await person.RawAsync(HttpMethod.Post, $"/chat/turns/{Guid.NewGuid()}/retry");
        using var onThePage = await AskByFormAsync(person, $"/chat/{conversation}");
        using var onTheFirstPage = await AskByFormAsync(person, "/");

        new[] { call, retried, onThePage, onTheFirstPage }.Should().OnlyContain(response => response.StatusCode == HttpStatusCode.TooManyRequests);
    }

    [Fact]
    public async Task Page_shows_the_rate_limit_error_in_the_users_language()
    {
        var host = await HostAsync("Chat", permits: 1);
        using var person = await JarvisClient.RegisterAsync(host);
        await person.AskAsync("One");
        person.Http.DefaultRequestHeaders.AcceptLanguage.Add(new StringWithQualityHeaderValue("pl"));

        using var refused = await AskByFormAsync(person, "/");

        refused.StatusCode.Should().Be(HttpStatusCode.TooManyRequests);
        refused.Headers.RetryAfter!.Delta.Should().BeCloseTo(TimeSpan.FromHours(1), TimeSpan.FromMinutes(1));
        WebUtility.HtmlDecode(await refused.Content.ReadAsStringAsync()).Should().Contain("Zbyt wiele wiadomości");
    }

    [Fact]
    public async Task Sign_in_is_limited_per_account_ignoring_case_and_spaces()
    {
        var host = await HostAsync("SignInPerAccount", permits: 2);
        using var person = await JarvisClient.RegisterAsync(host, "jan");
        using var anonymous = new JarvisClient(host.CreateClient());
        using var one = await SignInAsync(anonymous, "jan");
        using var two = await SignInAsync(anonymous, " JAN ");

        using var refused = await SignInAsync(anonymous, "Jan");
        using var another = await SignInAsync(anonymous, "ewa");

        await ExpectRefusalAsync(refused, "limit.signing_in", seconds: 1800);
        another.StatusCode.Should().Be(HttpStatusCode.OK, "the form is shown again");
    }

    [Fact]
    public async Task Sign_in_is_limited_per_address_but_opening_the_page_is_not()
    {
        var host = await HostAsync("SignInPerAddress", permits: 2);
        using var anonymous = new JarvisClient(host.CreateClient());
        using var one = await SignInAsync(anonymous, "jan");
        using var two = await SignInAsync(anonymous, "ewa");

        using var refused = await SignInAsync(anonymous, "ola");

        await ExpectRefusalAsync(refused, "limit.signing_in", seconds: 1800);
        using var page = await anonymous.Http.GetAsync("/account/login");
        page.StatusCode.Should().Be(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Registration_is_limited_per_address()
    {
        var host = await HostAsync("Registration", permits: 1);
        using var first = await JarvisClient.RegisterAsync(host);
        using var anonymous = new JarvisClient(host.CreateClient());

        using var refused = await anonymous.PostFormAsync("/account/register", new() { ["Username"] = "jan", ["Email"] = "jan@example.org", ["Password"] = Secrets.Password });

        await ExpectRefusalAsync(refused, "limit.registering", seconds: 3600);
    }

    [Fact]
    public async Task Calls_are_limited_per_token_but_not_per_user()
    {
        var host = await HostAsync("AccessToken", permits: 2);
        using var person = await JarvisClient.RegisterAsync(host);
        using var program = await person.WithTokenAsync(host);
        using var another = await person.WithTokenAsync(host);
        await program.GetAsync("/settings");
        await program.GetAsync("/models");

        using var refused = await program.RawAsync(HttpMethod.Get, "/settings");

        await ExpectRefusalAsync(refused, "limit.token", seconds: 1800);
        await another.GetAsync("/settings");
        await person.GetAsync("/settings");
    }

    [Fact]
    public async Task Call_without_antiforgery_header_uses_no_permit()
    {
        var host = await HostAsync("Chat", permits: 1);
        using var person = await JarvisClient.RegisterAsync(host);
        var csrf = person.CsrfToken;
        person.CsrfToken = "";
        using var forged = await person.RawAsync(HttpMethod.Post, "/chat/ask", new { prompt = "From another page" });
        person.CsrfToken = csrf;

        var answer = await person.AskAsync("One");

        forged.StatusCode.Should().Be(HttpStatusCode.Forbidden);
        answer.Text("response").Should().NotBeEmpty();
    }

    [Fact]
    public async Task Limits_apply_in_process_during_Redis_outage()
    {
        await using var host = await JarvisHost.StartAsync(LimitTo("Chat", permits: 2));
        using var person = await JarvisClient.RegisterAsync(host);
        using var program = await person.WithTokenAsync(host);
        await host.StopRedisAsync();
        await program.AskAsync("One");
        await program.AskAsync("Two");

        using var refused = await program.RawAsync(HttpMethod.Post, "/chat/ask", new { prompt = "Three" });

        await ExpectRefusalAsync(refused, "limit.asking", seconds: 1800);
    }

    [Theory]
    [InlineData("RateLimits:Chat:Permits", "0", "Chat")]
    [InlineData("RateLimits:Registration:Per", "2.00:00:00", "Registration")]
    public async Task Invalid_limit_fails_startup(string key, string value, string name)
    {
        var act = () => JarvisHost.StartAsync((key, value));

        (await act.Should().ThrowAsync<Microsoft.Extensions.Options.OptionsValidationException>()).Which.Message.Should().Contain(name);
    }

    private static Task<JarvisHost> HostAsync(string limit, int permits) => SharedHosts.GetAsync(LimitTo(limit, permits));

    private static (string Key, string? Value)[] LimitTo(string limit, int permits) =>
        [($"RateLimits:{limit}:Permits", $"{permits}"), ($"RateLimits:{limit}:Per", "01:00:00")];

    private static async Task<HttpResponseMessage> AskByFormAsync(JarvisClient person, string path)
    {
        person.Http.DefaultRequestHeaders.Accept.ParseAdd("text/html");
        var answer = await person.PostFormAsync(path, new() { ["Prompt"] = "By the form" });
        person.Http.DefaultRequestHeaders.Accept.Clear();

        return answer;
    }

    private static Task<HttpResponseMessage> SignInAsync(JarvisClient client, string login) =>
        client.PostFormAsync("/account/login", new() { ["Login"] = login, ["Password"] = Secrets.WrongPassword });

    private static async Task ExpectRefusalAsync(HttpResponseMessage response, string code, int seconds)
    {
        response.StatusCode.Should().Be(HttpStatusCode.TooManyRequests);
        response.Headers.RetryAfter!.Delta.Should().BeCloseTo(TimeSpan.FromSeconds(seconds), TimeSpan.FromSeconds(60));
        response.Content.Headers.ContentType!.MediaType.Should().Be("application/problem+json");
        JsonSerializer.Deserialize<JsonElement>(await response.Content.ReadAsStringAsync()).Text("code").Should().Be(code);
    }
}
