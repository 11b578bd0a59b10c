using System.Net;

namespace Jarvis.Web.Tests.RateLimiting;

/// <summary>Client address of a request behind proxies, observed by its rate limit: each address may create one account an hour.</summary>
public sealed class TrustedProxyTests : IAsyncLifetime
{
    private readonly List<JarvisHost> hosts = [];

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        foreach (var host in hosts)
        {
            await host.DisposeAsync();
        }
    }

    [Theory]
    [InlineData(null, null)]
    [InlineData("10.0.0.2", "192.168.0.0/16")]
    public async Task Forwarded_header_of_an_unknown_proxy_is_ignored(string? proxies, string? networks)
    {
        var host = await HostAsync(proxies, networks);
        await RegisterAsync(host, "203.0.113.1");

        var second = await RegisterAsync(host, "203.0.113.2");

        second.Should().Be(HttpStatusCode.TooManyRequests);
    }

    [Theory]
    [InlineData("127.0.0.1", null)]
    [InlineData("10.0.0.2,127.0.0.1", null)]
    [InlineData(null, "127.0.0.0/8")]
    public async Task Known_proxy_determines_the_client_address(string? proxies, string? networks)
    {
        var host = await HostAsync(proxies, networks);

        (await RegisterAsync(host, "203.0.113.1")).Should().Be(HttpStatusCode.Redirect);
        (await RegisterAsync(host, "203.0.113.2")).Should().Be(HttpStatusCode.Redirect);
        (await RegisterAsync(host, "203.0.113.1")).Should().Be(HttpStatusCode.TooManyRequests);
    }

    [Fact]
    public async Task Address_left_of_the_one_added_by_a_known_proxy_is_ignored()
    {
        var host = await HostAsync("127.0.0.1", networks: null);
        await RegisterAsync(host, "198.51.100.1, 203.0.113.1");

        var second = await RegisterAsync(host, "198.51.100.2, 203.0.113.1");

        second.Should().Be(HttpStatusCode.TooManyRequests);
    }

    [Fact]
    public async Task Proxy_chain_is_followed_only_through_known_proxies()
    {
        var host = await HostAsync("127.0.0.1", "10.0.0.0/8");
        await RegisterAsync(host, "203.0.113.1, 10.1.2.3, 10.9.9.9");

        (await RegisterAsync(host, "203.0.113.2, 10.1.2.3")).Should().Be(HttpStatusCode.Redirect);
        (await RegisterAsync(host, "127.0.0.1, 203.0.113.1, 10.4.4.4")).Should().Be(HttpStatusCode.TooManyRequests);
    }

    [Fact]
    public async Task Framework_setting_that_trusts_all_proxies_is_ignored()
    {
        var host = await HostAsync(proxies: null, networks: null, ("ForwardedHeaders_Enabled", "true"));
        await RegisterAsync(host, "203.0.113.1");

        var second = await RegisterAsync(host, "203.0.113.2");

        second.Should().Be(HttpStatusCode.TooManyRequests);
    }

    [Theory]
    [InlineData("127.0.0.1", true)]
    [InlineData(null, false)]
    public async Task Cookies_are_secure_only_if_a_known_proxy_reports_HTTPS(string? proxies, bool isTrusted)
    {
        var host = await HostAsync(proxies, networks: null);
        using var browser = host.CreateClient();
        browser.DefaultRequestHeaders.Add("X-Forwarded-For", "203.0.113.9");
        browser.DefaultRequestHeaders.Add("X-Forwarded-Proto", "https");

        using var page = await browser.GetAsync("/account/register");

        page.Headers.GetValues("Set-Cookie").Any(cookie => cookie.Contains("; secure", StringComparison.OrdinalIgnoreCase)).Should().Be(isTrusted);
    }

    [Theory]
    [InlineData("ForwardedHeaders:KnownProxies", "10.0.0.0/8", "isn't an address")]
    [InlineData("ForwardedHeaders:KnownNetworks", "my-proxy", "isn't a network")]
    public async Task Invalid_proxy_setting_fails_startup(string key, string value, string expected)
    {
        var act = () => JarvisHost.StartAsync((key, value));

        (await act.Should().ThrowAsync<Microsoft.Extensions.Options.OptionsValidationException>()).Which.Message.Should().Contain(key).And.Contain(expected);
    }

    private async Task<JarvisHost> HostAsync(string? proxies, string? networks, params (string, string?)[] settings)
    {
        var host = await JarvisHost.StartAsync(
        [
            ("ForwardedHeaders:KnownProxies", proxies),
            ("ForwardedHeaders:KnownNetworks", networks),
            ("RateLimits:Registration:Permits", "1"),
            ("RateLimits:Registration:Per", "01:00:00"),
            .. settings,
        ]);
        hosts.Add(host);

        return host;
    }

    private static async Task<HttpStatusCode> RegisterAsync(JarvisHost host, string forwardedFor)
    {
        using var browser = new JarvisClient(host.CreateClient());
        browser.Http.DefaultRequestHeaders.Add("X-Forwarded-For", forwardedFor);
        var name = "person-" + Guid.NewGuid().ToString("N")[..12];
        using var answer = await browser.PostFormAsync("/account/register", new() { ["Username"] = name, ["Email"] = $"{name}@example.org", ["Password"] = Secrets.Password });

        return answer.StatusCode;
    }
}
