using Microsoft.Playwright;

namespace Jarvis.Browser.Tests;

public sealed class CaptchaTests(Browser browser)
{
    [Fact]
    public async Task Registration_needs_the_captcha_checkbox_and_keeps_the_username()
    {
        await using var check = await RecaptchaStandIn.StartAsync();
        await using var host = await JarvisHost.StartAsync([.. check.Settings]);
        await using var session = await BrowserSession.StartAsync(browser, host);
        session.ExpectError($"another host: {check.BaseUrl}recaptcha/api.js");
        await FillAsync(session);
        await session.Page.ClickAsync("main button[type=submit]");
        await session.Page.GetByText("confirm that you're not a robot").WaitForAsync();
        (await session.Page.InputValueAsync("#Username")).Should().Be("anna");
        (await session.Page.InputValueAsync("#Password")).Should().BeEmpty();

        await session.Page.FillAsync("#Password", Secrets.Password);
        await session.Page.Locator(".g-recaptcha input[type=checkbox]").CheckAsync();
        await session.Page.ClickAsync("main button[type=submit]");

        await session.ReadyAsync();
    }

    [Fact]
    public async Task Registration_works_with_an_invisible_captcha()
    {
        await using var check = await RecaptchaStandIn.StartAsync();
        check.Score = 0.9;
        await using var host = await JarvisHost.StartAsync([.. check.Settings, ("Captcha:Version", "3")]);
        await using var session = await BrowserSession.StartAsync(browser, host);
        session.ExpectError($"another host: {check.BaseUrl}recaptcha/api.js");
        await FillAsync(session);

        await session.Page.ClickAsync("main button[type=submit]");

        await session.ReadyAsync();
        check.Requests.Should().ContainSingle(request => request.Path.EndsWith("siteverify", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Registration_without_scripts_explains_that_captcha_needs_them()
    {
        await using var check = await RecaptchaStandIn.StartAsync();
        await using var host = await JarvisHost.StartAsync([.. check.Settings]);
        await using var session = await BrowserSession.StartAsync(browser, host, scripts: false);

        await session.Page.GotoAsync("/account/register");

        (await session.Page.GetByText("Registration requires JavaScript").IsVisibleAsync()).Should().BeTrue();
    }

    private static async Task FillAsync(BrowserSession session)
    {
        await session.Page.GotoAsync("/account/register", new() { WaitUntil = WaitUntilState.Load });
        await session.Page.FillAsync("#Username", "anna");
        await session.Page.FillAsync("#Email", "anna@example.org");
        await session.Page.FillAsync("#Password", Secrets.Password);
    }
}
