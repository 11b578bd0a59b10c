using System.Net;
using Jarvis.Testing;
using Jarvis.Testing.StandIns;

namespace Jarvis.Web.Tests.Accounts;

public sealed class HumanCheckTests : IAsyncLifetime
{
    private const string Unavailable = "cannot be made at the moment";
    private const string Expired = "is too old or was used before";
    private const string NotHuman = "could not tell you from a program";

    private readonly string username = "person-" + Guid.NewGuid().ToString("N")[..12];
    private HumanCheckStandIn check = null!;
    private JarvisHost? host;

    public async ValueTask InitializeAsync() => check = await HumanCheckStandIn.StartAsync();

    public async ValueTask DisposeAsync()
    {
        await check.DisposeAsync();
        await (host?.DisposeAsync() ?? ValueTask.CompletedTask);
    }

    [Fact]
    public async Task Whoever_passes_the_check_gets_an_account()
    {
        host = await JarvisHost.StartAsync([.. check.Settings]);

        var page = await RegisterAsync(HumanCheckStandIn.NewProof());

        page.Should().BeNull();
        check.Requests.Should().ContainSingle().Which.Text.Should().NotContain(username).And.NotContain("remoteip");
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    public async Task Without_a_proof_there_is_no_account_and_nobody_is_asked(string? proof)
    {
        host = await JarvisHost.StartAsync([.. check.Settings]);

        var page = await RegisterAsync(proof);

        page.Should().Contain("answer the check below").And.Contain(username).And.NotContain(Secrets.Password);
        check.Requests.Should().BeEmpty();
    }

    [Fact]
    public async Task A_proof_is_good_for_one_account()
    {
        host = await JarvisHost.StartAsync([.. check.Settings]);
        var proof = HumanCheckStandIn.NewProof();
        await RegisterAsync(proof);

        var page = await RegisterAsync(proof, username + "2");

        page.Should().Contain(Expired);
    }

    [Fact]
    public async Task A_proof_is_not_spent_on_what_is_wrong_in_itself()
    {
        host = await JarvisHost.StartAsync([.. check.Settings]);
        var proof = HumanCheckStandIn.NewProof();

        var wrong = await RegisterAsync(proof, password: "short");
        var right = await RegisterAsync(proof);

        wrong.Should().Contain("A password has");
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
    public async Task Score_action_and_host_name_have_to_be_right(double? score, string action, string hostName, string? refusal)
    {
        host = await JarvisHost.StartAsync([.. check.Settings, ("HumanCheck:Version", "3"), ("HumanCheck:HostName", "jarvis.example, localhost")]);
        (check.Score, check.Action, check.HostName) = (score, action, hostName);

        var page = await RegisterAsync(HumanCheckStandIn.NewProof());

        ExpectRefusal(page, refusal);
    }

    [Fact]
    public async Task A_secret_that_is_not_accepted_is_the_hosts_fault_and_told_as_that()
    {
        host = await JarvisHost.StartAsync([.. check.Settings, ("HumanCheck:SecretKey", Secrets.WrongRecaptchaKey)]);

        var page = await RegisterAsync(HumanCheckStandIn.NewProof());

        page.Should().Contain("is not set up right").And.NotContain(Secrets.WrongRecaptchaKey);
    }

    public static TheoryData<string, HttpFault> Faults => new()
    {
        { "error", HttpFault.WithStatus(500) },
        { "busy", HttpFault.TooManyRequests() },
        { "slow", HttpFault.Slow(TimeSpan.FromMinutes(1)) },
        { "cut off", HttpFault.CutOff with { AfterDoing = true } },
        { "garbage", HttpFault.Garbage },
        { "a page", HttpFault.HtmlPage },
        { "redirect", HttpFault.WithStatus(302) },
        { "no verdict", new HttpFault { Status = 200, Body = ("application/json", "{}") } },
        { "null", new HttpFault { Status = 200, Body = ("application/json", "null") } },
        { "another form", new HttpFault { Status = 200, Body = ("application/json", """{"success":"true"}""") } },
    };

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task While_the_check_cannot_be_made_nobody_registers_and_what_was_typed_stays(string name, HttpFault fault)
    {
        host = await JarvisHost.StartAsync([.. check.Settings]);
        check.Misbehave(fault);

        var page = await RegisterAsync(HumanCheckStandIn.NewProof());
        check.Behave();
        var later = await RegisterAsync(HumanCheckStandIn.NewProof());

        page.Should().Contain(Unavailable, name).And.Contain(username).And.Contain($"{username}@example.org").And.NotContain(Secrets.Password);
        later.Should().BeNull();
    }

    [Fact]
    public async Task While_nothing_listens_there_nobody_registers()
    {
        using var nothing = new ClosedPort();
        host = await JarvisHost.StartAsync([.. check.Settings, ("HumanCheck:BaseUrl", $"http://127.0.0.1:{nothing.Number}")]);

        ExpectRefusal(await RegisterAsync(HumanCheckStandIn.NewProof()), Unavailable);
    }

    [Fact]
    public async Task Only_the_page_with_the_check_allows_its_host_and_only_that_one()
    {
        host = await JarvisHost.StartAsync([.. check.Settings]);
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
    public async Task Googles_own_check_comes_from_Googles_hosts(string version, string script)
    {
        host = await JarvisHost.StartAsync(("HumanCheck:SiteKey", "key"), ("HumanCheck:SecretKey", Secrets.RecaptchaKey), ("HumanCheck:Version", version));
        using var browser = host.CreateClient();

        var page = await browser.GetStringAsync("/account/register");
        var policy = await PolicyAsync("/account/register");

        page.Should().Contain(script).And.Contain("data-sitekey=\"key\"").And.NotContain(Secrets.RecaptchaKey);
        policy.Should().Contain("script-src 'self' https://www.google.com/recaptcha/ https://www.gstatic.com/recaptcha/;");
        policy.Should().Contain("frame-src https://www.google.com/recaptcha/ https://recaptcha.google.com/recaptcha/;");
    }

    [Fact]
    public async Task Without_a_check_there_is_nothing_of_it()
    {
        host = await JarvisHost.StartAsync();
        using var browser = host.CreateClient();

        var page = await browser.GetStringAsync("/account/register");
        var registered = await RegisterAsync(proof: null);

        page.Should().NotContain("recaptcha").And.NotContain("human-check");
        (await PolicyAsync("/account/register")).Should().NotContain("http").And.NotContain("frame-src");
        registered.Should().BeNull();
    }

    [Theory]
    [InlineData("HumanCheck:Version", "4", "2 or 3")]
    [InlineData("HumanCheck:MinimumScore", "1.5", "between 0 and 1")]
    [InlineData("HumanCheck:BaseUrl", "google", "HumanCheck:BaseUrl is")]
    public async Task Half_a_check_stops_the_start(string key, string value, string told)
    {
        var starting = () => JarvisHost.StartAsync((key, value));

        (await starting.Should().ThrowAsync<Microsoft.Extensions.Options.OptionsValidationException>()).Which.Message.Should().Contain(told);
    }

    [Fact]
    public async Task A_secret_without_its_key_stops_the_start_and_is_not_told()
    {
        var starting = () => JarvisHost.StartAsync(("HumanCheck:SecretKey", Secrets.RecaptchaKey));

        (await starting.Should().ThrowAsync<Microsoft.Extensions.Options.OptionsValidationException>())
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

    // The page once more, or null where there is an account now.
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
