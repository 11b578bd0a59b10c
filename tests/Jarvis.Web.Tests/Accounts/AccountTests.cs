using System.Net;
using Microsoft.Extensions.DependencyInjection;
using StackExchange.Redis;

namespace Jarvis.Web.Tests.Accounts;

public sealed class AccountTests : IAsyncLifetime
{
    private readonly string jan = "jan-" + Guid.NewGuid().ToString("N")[..12];
    private JarvisHost host = null!;

    public async ValueTask InitializeAsync() => host = await SharedHosts.GetAsync();

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task Session_is_stored_in_Redis_and_ends_when_it_is_deleted_there()
    {
        await using var own = await JarvisHost.StartAsync();
        using var person = await JarvisClient.RegisterAsync(own);
        var redis = own.Services.GetRequiredService<IConnectionMultiplexer>();

        var sessions = redis.GetServers()[0].Keys(pattern: "jarvis:session:*").ToList();

        sessions.Should().ContainSingle();
        await redis.GetDatabase().KeyDeleteAsync([.. sessions]);
        using var other = await JarvisClient.RegisterAsync(own);
        using var response = await person.RawAsync(HttpMethod.Get, "/settings");
        response.StatusCode.Should().Be(HttpStatusCode.Unauthorized, "a session deleted from Redis has ended");
    }

    [Fact]
    public async Task Signing_out_ends_the_session_on_the_server()
    {
        using var person = await JarvisClient.RegisterAsync(host);
        using var browser = host.CreateClient();
        using var signedIn = await new JarvisClient(browser).PostFormAsync("/account/login", new() { ["Login"] = person.Username, ["Password"] = Secrets.Password });
        var stolen = signedIn.Headers.GetValues("Set-Cookie").Single(cookie => cookie.StartsWith("jarvis-session=", StringComparison.Ordinal)).Split(';')[0];
        (await CallWithCookieAsync(stolen)).Should().Be(HttpStatusCode.OK);

        using var signedOut = await new JarvisClient(browser).PostFormAsync("/account/logout", []);

        signedOut.StatusCode.Should().Be(HttpStatusCode.Redirect);
        (await CallWithCookieAsync(stolen)).Should().Be(HttpStatusCode.Unauthorized);
    }

    [Theory]
    [InlineData("a", "jan@example.org", "good")]
    [InlineData("jan kowalski", "jan@example.org", "good")]
    [InlineData("jan", "no address", "good")]
    [InlineData("jan", "jan@example.org", "short")]
    [InlineData("", "", "none")]
    public async Task Invalid_field_is_marked_and_other_input_is_kept(string username, string email, string passwordKind)
    {
        var password = passwordKind switch { "good" => Secrets.Password, "short" => Secrets.ShortPassword, _ => "" };
        using var anonymous = new JarvisClient(host.CreateClient());

        using var response = await anonymous.PostFormAsync("/account/register", Form(username, email, password));

        var page = WebUtility.HtmlDecode(await response.Content.ReadAsStringAsync());
        response.StatusCode.Should().BeOneOf(HttpStatusCode.OK, HttpStatusCode.UnprocessableEntity);
        page.Should().Contain("aria-invalid=\"true\"").And.NotContain(Secrets.ShortPassword).And.NotContain(Secrets.Password);
        if (username.Length > 0)
        {
            page.Should().Contain($"value=\"{username}\"").And.Contain($"value=\"{email}\"");
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Username_and_email_are_unique_ignoring_case(bool hasSameName)
    {
        var other = "other-" + Guid.NewGuid().ToString("N")[..12];
        var (username, email) = hasSameName ? (jan.ToUpperInvariant(), $"{other}@example.org") : (other, $"{jan}@EXAMPLE.ORG".ToUpperInvariant());
        using var client = await JarvisClient.RegisterAsync(host, jan);
        using var anonymous = new JarvisClient(host.CreateClient());

        using var response = await anonymous.PostFormAsync("/account/register", Form(username, email, Secrets.Password));

        response.StatusCode.Should().NotBe(HttpStatusCode.Redirect);
    }

    [Fact]
    public async Task Concurrent_registrations_of_the_same_name_create_one_account()
    {
        var responses = await Task.WhenAll(Enumerable.Range(0, 4).Select(async number =>
        {
            using var anonymous = new JarvisClient(host.CreateClient());
            using var response = await anonymous.PostFormAsync("/account/register", Form(jan, $"{jan}{number}@example.org", Secrets.Password));

            return response.StatusCode;
        }));

        responses.Should().ContainSingle(status => status == HttpStatusCode.Redirect);
        responses.Should().NotContain(HttpStatusCode.InternalServerError);
    }

    [Fact]
    public async Task Five_wrong_passwords_lock_the_account()
    {
        using var client = await JarvisClient.RegisterAsync(host, jan);
        using var thief = new JarvisClient(host.CreateClient());
        for (var attempt = 0; attempt < 5; attempt++)
        {
            using var wrong = await SignInAsync(thief, jan, Secrets.WrongPassword);
        }

        using var right = await SignInAsync(thief, jan, Secrets.Password);

        right.StatusCode.Should().NotBe(HttpStatusCode.Redirect);
        (await right.Content.ReadAsStringAsync()).Should().Contain("Try again in 10 min.");
    }

    [Fact]
    public async Task Wrong_name_and_wrong_password_give_the_same_error()
    {
        using var client = await JarvisClient.RegisterAsync(host, jan);
        using var thief = new JarvisClient(host.CreateClient());

        using var wrongPassword = await SignInAsync(thief, jan, Secrets.WrongPassword);
        using var wrongName = await SignInAsync(thief, "ewa", Secrets.WrongPassword);

        wrongName.StatusCode.Should().Be(wrongPassword.StatusCode);
        (await wrongName.Content.ReadAsStringAsync()).Should().Contain("Wrong username or password.");
        (await wrongPassword.Content.ReadAsStringAsync()).Should().Contain("Wrong username or password.");
    }

    [Theory]
    [InlineData("https://evil.example/")]
    [InlineData("//evil.example/")]
    [InlineData("/\\evil.example/")]
    public async Task Sign_in_does_not_redirect_to_another_host(string returnUrl)
    {
        using var client = await JarvisClient.RegisterAsync(host, jan);
        using var anonymous = new JarvisClient(host.CreateClient());

        using var response = await anonymous.PostFormAsync(
            $"/account/login?returnUrl={Uri.EscapeDataString(returnUrl)}",
            new() { ["Login"] = jan, ["Password"] = Secrets.Password });

        response.StatusCode.Should().Be(HttpStatusCode.Redirect);
        response.Headers.Location!.OriginalString.Should().Be("/");
    }

    [Theory]
    [InlineData("/account/register")]
    [InlineData("/account/login")]
    public async Task Form_without_antiforgery_field_is_rejected(string path)
    {
        using var client = host.CreateClient();

        using var response = await client.PostAsync(path, new FormUrlEncodedContent(Form("jan", "jan@example.org", Secrets.Password)));

        response.StatusCode.Should().Be(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task Sign_in_during_Redis_outage_returns_503_with_retry_after()
    {
        await using var own = await JarvisHost.StartAsync();
        using var client = await JarvisClient.RegisterAsync(own, jan);
        using var browser = new JarvisClient(own.CreateClient());
        await browser.Http.GetAsync("/account/login");
        await own.StopRedisAsync();

        using var response = await SignInAsync(browser, jan, Secrets.Password);

        response.StatusCode.Should().Be(HttpStatusCode.ServiceUnavailable);
        response.Headers.RetryAfter!.Delta.Should().Be(TimeSpan.FromSeconds(5));
        (await response.Content.ReadAsStringAsync()).Should().Contain("session store");
    }

    [Fact]
    public async Task Every_page_and_call_carries_a_strict_content_security_policy()
    {
        using var client = host.CreateClient();
        foreach (var path in new[] { "/", "/account/login", "/settings", "/health/live", "/nothing/here" })
        {
            using var response = await client.GetAsync(path);

            var policy = response.Headers.GetValues("Content-Security-Policy").Single();
            policy.Should().Contain("default-src 'none'").And.Contain("script-src 'self'").And.NotContain("unsafe");
        }
    }

    private static Dictionary<string, string> Form(string username, string email, string password) => new()
    {
        ["Username"] = username,
        ["Email"] = email,
        ["Password"] = password,
    };

    private static Task<HttpResponseMessage> SignInAsync(JarvisClient client, string login, string password) =>
        client.PostFormAsync("/account/login", new() { ["Login"] = login, ["Password"] = password });

    private async Task<HttpStatusCode> CallWithCookieAsync(string cookie)
    {
        using var thief = new HttpClient(new SocketsHttpHandler { UseCookies = false }) { BaseAddress = host.BaseAddress };
        using var request = new HttpRequestMessage(HttpMethod.Get, "/settings");
        request.Headers.Add("Cookie", cookie);
        using var response = await thief.SendAsync(request);

        return response.StatusCode;
    }
}
