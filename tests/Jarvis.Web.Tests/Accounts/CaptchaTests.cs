using System.Net;

namespace Jarvis.Web.Tests.Accounts;

public sealed class CaptchaTests(CaptchaFixture fixture) : IClassFixture<CaptchaFixture>, IAsyncLifetime
{
    private const string Unavailable = "The robot check isn't available right now";
    private const string Expired = "has expired or was already used";
    private const string NotHuman = "We couldn't verify that you're human";

    private readonly string username = "person-" + Guid.NewGuid().ToString("N")[..12];
    private RecaptchaStandIn check = null!;
    private JarvisHost? host;

    public async ValueTask InitializeAsync() => check = await fixture.CaptchaAsync();

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task Passed_captcha_creates_the_account_without_sending_personal_data()
    {
        host = await fixture.HostAsync();

        var page = await RegisterAsync(RecaptchaStandIn.NewToken());

        page.Should().BeNull();
        check.Requests.Should().ContainSingle().Which.Text.Should().NotContain(username).And.NotContain("remoteip");
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    public async Task Missing_captcha_token_creates_no_account_and_is_not_verified(string? proof)
    {
        host = await fixture.HostAsync();

        var page = await RegisterAsync(proof);

        page.Should().Contain("confirm that you're not a robot").And.Contain(username).And.NotContain(Secrets.Password);
        check.Requests.Should().BeEmpty();
    }

    [Fact]
    public async Task Captcha_token_is_valid_for_one_account()
    {
        host = await fixture.HostAsync();
        var proof = RecaptchaStandIn.NewToken();
        await RegisterAsync(proof);

        var page = await RegisterAsync(proof, username + "2");

        page.Should().Contain(Expired);
    }

    [Fact]
    public async Task Invalid_form_does_not_use_up_the_captcha_token()
    {
        host = await fixture.HostAsync();
        var proof = RecaptchaStandIn.NewToken();

        var wrong = await RegisterAsync(proof, password: "short");
        var right = await RegisterAsync(proof);

        wrong.Should().Contain("A short sentence works well.");
        right.Should().BeNull();
    }

    [Theory]
    [InlineData(0.9, "register", "localhost", null)]
    [InlineData(0.5, "register", "LOCALHOST", null)]
    [InlineData(0.3, "register", "localhost", NotHuman)]
    [InlineData(0.9, "login", "localhost", NotHuman)]
    [InlineData(0.9, "", "localhost", NotHuman)]
    [InlineData(0.9, "register", "evil.example", NotHuman)]
    [InlineData(null, "register", "localhost", NotHuman)]
    public async Task Captcha_score_action_and_host_name_must_match(double? score, string action, string hostName, string? refusal)
    {
        host = await fixture.HostAsync(("Captcha:Version", "3"), ("Captcha:HostName", "jarvis.example, localhost"));
        (check.Score, check.Action, check.HostName) = (score, action, hostName);

        var page = await RegisterAsync(RecaptchaStandIn.NewToken());

        ExpectRefusal(page, refusal);
    }

    [Fact]
    public async Task Rejected_captcha_secret_is_reported_as_misconfiguration()
    {
        host = await fixture.HostAsync(("Captcha:SecretKey", Secrets.WrongRecaptchaKey));

        var page = await RegisterAsync(RecaptchaStandIn.NewToken());

        page.Should().Contain("is misconfigured").And.NotContain(Secrets.WrongRecaptchaKey);
    }

    public static TheoryData<string, HttpFault> Faults => new()
    {
        { "error", HttpFault.WithStatus(500) },
        { "busy", HttpFault.RateLimited() },
        { "slow", HttpFault.Slow(TimeSpan.FromMinutes(1)) },
        { "cut off", HttpFault.CutOff with { AfterEffect = true } },
        { "garbage", HttpFault.Garbage },
        { "a page", HttpFault.HtmlPage },
        { "redirect", HttpFault.WithStatus(302) },
        { "no verdict", new HttpFault { Status = 200, Body = ("application/json", "{}") } },
        { "null", new HttpFault { Status = 200, Body = ("application/json", "null") } },
        { "another form", new HttpFault { Status = 200, Body = ("application/json", """{"success":"true"}""") } },
    };

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task Captcha_failure_blocks_registration_and_keeps_the_form_input(string name, HttpFault fault)
    {
        host = await fixture.HostAsync();
        check.AddFault(fault);

        var page = await RegisterAsync(RecaptchaStandIn.NewToken());
        check.ClearFaults();
        var later = await RegisterAsync(RecaptchaStandIn.NewToken());

        page.Should().Contain(Unavailable, name).And.Contain(username).And.Contain($"{username}@example.org").And.NotContain(Secrets.Password);
        later.Should().BeNull();
    }

    [Fact]
    public async Task Unreachable_captcha_service_blocks_registration()
    {
        using var nothing = new ClosedPort();
        host = await fixture.HostAsync(("Captcha:BaseUrl", $"http://127.0.0.1:{nothing.Number}"));

        ExpectRefusal(await RegisterAsync(RecaptchaStandIn.NewToken()), Unavailable);
    }

    [Fact]
    public async Task Content_policy_allows_the_captcha_host_only_on_its_page()
    {
        host = await fixture.HostAsync();
        var source = $"{check.BaseUrl}recaptcha/";

        var registering = await PolicyAsync("/account/register");
        var signingIn = await PolicyAsync("/account/login");

        registering.Should().Contain($"script-src 'self' {source};").And.Contain($"frame-src {source};").And.Contain($"connect-src 'self' {source};");
        registering.Replace(source, "", StringComparison.Ordinal).Should().NotContain("http").And.NotContain("unsafe").And.NotContain("*");
        signingIn.Should().Contain("script-src 'self';").And.NotContain("http").And.NotContain("frame-src");
    }

    [Theory]
    [InlineData("2", "<script src=\"https://www.google.com/recaptcha/api.js?hl=en\" defer>")]
    [InlineData("3", "<script src=\"https://www.google.com/recaptcha/api.js?render=key&amp;hl=en\" defer>")]
    public async Task Default_captcha_is_loaded_from_Google_hosts(string version, string script)
    {
        host = await SharedHosts.GetAsync(("Captcha:SiteKey", "key"), ("Captcha:SecretKey", Secrets.RecaptchaKey), ("Captcha:Version", version));
        using var browser = host.CreateClient();

        var page = await browser.GetStringAsync("/account/register");
        var policy = await PolicyAsync("/account/register");

        page.Should().Contain(script).And.Contain("data-sitekey=\"key\"").And.NotContain(Secrets.RecaptchaKey);
        policy.Should().Contain("script-src 'self' https://www.google.com/recaptcha/ https://www.gstatic.com/recaptcha/;");
        policy.Should().Contain("frame-src https://www.google.com/recaptcha/ https://recaptcha.google.com/recaptcha/;");
    }

    [Fact]
    public async Task Registration_has_no_captcha_when_it_is_not_configured()
    {
        host = await SharedHosts.GetAsync();
        using var browser = host.CreateClient();

        var page = await browser.GetStringAsync("/account/register");
        var registered = await RegisterAsync(proof: null);

        page.Should().NotContain("recaptcha").And.NotContain("captcha.js");
        (await PolicyAsync("/account/register")).Should().NotContain("http").And.NotContain("frame-src");
        registered.Should().BeNull();
    }

    [Theory]
    [InlineData("Captcha:Version", "4", "2 or 3")]
    [InlineData("Captcha:MinimumScore", "1.5", "between 0 and 1")]
    [InlineData("Captcha:BaseUrl", "google", "Captcha:BaseUrl is")]
    public async Task Invalid_captcha_setting_fails_startup(string key, string value, string expected)
    {
        var act = () => JarvisHost.StartAsync((key, value));

        (await act.Should().ThrowAsync<Microsoft.Extensions.Options.OptionsValidationException>()).Which.Message.Should().Contain(expected);
    }

    [Fact]
    public async Task Captcha_secret_without_site_key_fails_startup_and_is_not_shown()
    {
        var act = () => JarvisHost.StartAsync(("Captcha:SecretKey", Secrets.RecaptchaKey));

        (await act.Should().ThrowAsync<Microsoft.Extensions.Options.OptionsValidationException>())
            .Which.Message.Should().Contain("SiteKey and SecretKey").And.NotContain(Secrets.RecaptchaKey);
    }

    private static void ExpectRefusal(string? page, string? refusal)
    {
        if (refusal is null)
        {
            page.Should().BeNull();
        }
        else
        {
            page.Should().Contain(refusal);
        }
    }

    // Returns the page again, or null if the account was created.
    private async Task<string?> RegisterAsync(string? proof, string? name = null, string? password = null)
    {
        name ??= username;
        using var browser = new JarvisClient(host!.CreateClient());
        var fields = new Dictionary<string, string> { ["Username"] = name, ["Email"] = $"{name}@example.org", ["Password"] = password ?? Secrets.Password };
        if (proof is not null)
        {
            fields["g-recaptcha-response"] = proof;
        }

        using var answer = await browser.PostFormAsync("/account/register", fields);

        return answer.StatusCode == HttpStatusCode.Redirect ? null : WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync());
    }

    private async Task<string> PolicyAsync(string path)
    {
        using var browser = host!.CreateClient();
        using var page = await browser.GetAsync(path);

        return page.Headers.GetValues("Content-Security-Policy").Single();
    }
}
