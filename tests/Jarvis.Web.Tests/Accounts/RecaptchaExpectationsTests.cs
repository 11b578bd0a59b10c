using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Jarvis.Web.Tests.Accounts;

/// <summary>Expectations of MockServer in Compose's development profile, tested as far as possible without it.</summary>
public sealed class RecaptchaExpectationsTests
{
    private static readonly JsonElement[] Expectations =
        [.. JsonSerializer.Deserialize<JsonElement>(File.ReadAllText(Path.Combine(JarvisHost.RepositoryRoot, "deploy", "stand-ins", "recaptcha.json"))).EnumerateArray()];

    [Fact]
    public async Task Registration_succeeds_only_with_a_captcha_token_of_the_widget()
    {
        await using var check = await RecaptchaStandIn.StartAsync();
        await using var host = await JarvisHost.StartAsync([.. check.Settings, ("Captcha:Version", "3"), ("Captcha:HostName", "localhost")]);

        (await RegisterAsync(host, check, "proof-abc")).Should().Be(HttpStatusCode.Redirect);
        (await RegisterAsync(host, check, "made-up")).Should().Be(HttpStatusCode.OK, "the form is shown again");
    }

    [Fact]
    public void Widget_produces_the_captcha_tokens_that_the_stand_in_accepts()
    {
        var widget = Expectations.Single(expectation => PathOf(expectation) == "/recaptcha/api.js").GetProperty("httpResponse").Text("body");

        widget.Should().Contain("'proof-'").And.Contain("g-recaptcha-response").And.Contain("window.grecaptcha");
    }

    private static async Task<HttpStatusCode> RegisterAsync(JarvisHost host, RecaptchaStandIn check, string proof)
    {
        var answer = Expectations
            .Where(expectation => PathOf(expectation) == "/recaptcha/api/siteverify" && Matches(expectation, $"secret=any&response={proof}"))
            .MaxBy(expectation => expectation.TryGetProperty("priority", out var priority) ? priority.GetInt32() : 0)
            .GetProperty("httpResponse");
        check.AddFault(new HttpFault { Status = answer.GetProperty("statusCode").GetInt32(), Body = ("application/json", answer.Text("body")) });
        using var browser = new JarvisClient(host.CreateClient());
        var name = "person-" + Guid.NewGuid().ToString("N")[..12];
        using var page = await browser.PostFormAsync("/account/register", new()
        {
            ["Username"] = name,
            ["Email"] = $"{name}@example.org",
            ["Password"] = Secrets.Password,
            ["g-recaptcha-response"] = proof,
        });

        return page.StatusCode;
    }

    private static string PathOf(JsonElement expectation) => expectation.GetProperty("httpRequest").Text("path");

    private static bool Matches(JsonElement expectation, string body) =>
        !expectation.GetProperty("httpRequest").TryGetProperty("body", out var pattern) || Regex.IsMatch(body, $"^{pattern.Text("regex")}$");
}
