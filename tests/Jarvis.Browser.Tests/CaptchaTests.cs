using Jarvis.TestSupport;
using Jarvis.TestSupport.StandIns;
using Microsoft.Playwright;

namespace Jarvis.Browser.Tests;

public sealed class CaptchaTests(Browser browser)
{
    [Fact]
    public async Task Registration_needs_the_captcha_checkbox_and_keeps_the_username()
    {
        await using var check = await RecaptchaStandIn.StartAsync();
        await using var host = await JarvisHost.StartAsync([.. check.Settings]);
        await using var visit = await BrowserSession.StartAsync(browser, host);
        visit.ExpectError($"another host: {check.BaseUrl}recaptcha/api.js");
        await FillAsync(visit);
        await visit.Page.ClickAsync("main button[type=submit]");
        await visit.Page.GetByText("confirm that you're not a robot").WaitForAsync();
        (await visit.Page.InputValueAsync("#Username")).Should().Be("anna");
        (await visit.Page.InputValueAsync("#Password")).Should().BeEmpty();

        await visit.Page.FillAsync("#Password", Secrets.Password);
        await visit.Page.Locator(".g-recaptcha input[type=checkbox]").CheckAsync();
        await visit.Page.ClickAsync("main button[type=submit]");

        await visit.ReadyAsync();
    }

    [Fact]
    public async Task Registration_works_with_an_invisible_captcha()
    {
        await using var check = await RecaptchaStandIn.StartAsync();
        check.Score = 0.9;
        await using var host = await JarvisHost.StartAsync([.. check.Settings, ("Captcha:Version", "3")]);
        await using var visit = await BrowserSession.StartAsync(browser, host);
        visit.ExpectError($"another host: {check.BaseUrl}recaptcha/api.js");
        await FillAsync(visit);

        await visit.Page.ClickAsync("main button[type=submit]");

        await visit.ReadyAsync();
        check.Requests.Should().ContainSingle(request => request.Path.EndsWith("siteverify", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Registration_without_scripts_explains_that_captcha_needs_them()
    {
        await using var check = await RecaptchaStandIn.StartAsync();
        await using var host = await JarvisHost.StartAsync([.. check.Settings]);
        await using var visit = await BrowserSession.StartAsync(browser, host, scripts: false);

        await visit.Page.GotoAsync("/account/register");

        (await visit.Page.GetByText("Registration requires JavaScript").IsVisibleAsync()).Should().BeTrue();
    }

    private static async Task FillAsync(BrowserSession visit)
    {
        await visit.Page.GotoAsync("/account/register", new() { WaitUntil = WaitUntilState.Load });
        await visit.Page.FillAsync("#Username", "anna");
        await visit.Page.FillAsync("#Email", "anna@example.org");
        await visit.Page.FillAsync("#Password", Secrets.Password);
    }
}
