using Jarvis.Testing;
using Jarvis.Testing.StandIns;
using Microsoft.Playwright;

namespace Jarvis.Browser.Tests;

public sealed class RegistrationCheckTests(Browser browser)
{
    [Fact]
    public async Task With_a_box_to_tick_one_registers_by_ticking_it_and_nothing_that_was_typed_is_lost_without()
    {
        await using var check = await HumanCheckStandIn.StartAsync();
        await using var host = await JarvisHost.StartAsync([.. check.Settings]);
        await using var visit = await Visit.StartAsync(browser, host);
        visit.Expect($"another host: {check.BaseUrl}recaptcha/api.js");
        await FillAsync(visit);
        await visit.Page.ClickAsync("main button[type=submit]");
        await visit.Page.GetByText("answer the check below").WaitForAsync();
        (await visit.Page.InputValueAsync("#Username")).Should().Be("anna");
        (await visit.Page.InputValueAsync("#Password")).Should().BeEmpty();

        await visit.Page.FillAsync("#Password", Secrets.Password);
        await visit.Page.Locator(".g-recaptcha input[type=checkbox]").CheckAsync();
        await visit.Page.ClickAsync("main button[type=submit]");

        await visit.ReadyAsync();
    }

    [Fact]
    public async Task With_a_silent_check_one_registers_as_ever()
    {
        await using var check = await HumanCheckStandIn.StartAsync();
        check.Score = 0.9;
        await using var host = await JarvisHost.StartAsync([.. check.Settings, ("HumanCheck:Version", "3")]);
        await using var visit = await Visit.StartAsync(browser, host);
        visit.Expect($"another host: {check.BaseUrl}recaptcha/api.js");
        await FillAsync(visit);

        await visit.Page.ClickAsync("main button[type=submit]");

        await visit.ReadyAsync();
        check.Requests.Should().ContainSingle(request => request.Path.EndsWith("siteverify", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Without_scripts_one_is_told_that_the_check_needs_them()
    {
        await using var check = await HumanCheckStandIn.StartAsync();
        await using var host = await JarvisHost.StartAsync([.. check.Settings]);
        await using var visit = await Visit.StartAsync(browser, host, scripts: false);

        await visit.Page.GotoAsync("/account/register");

        (await visit.Page.GetByText("Registering needs scripts here").IsVisibleAsync()).Should().BeTrue();
    }

    private static async Task FillAsync(Visit visit)
    {
        await visit.Page.GotoAsync("/account/register", new() { WaitUntil = WaitUntilState.Load });
        await visit.Page.FillAsync("#Username", "anna");
        await visit.Page.FillAsync("#Email", "anna@example.org");
        await visit.Page.FillAsync("#Password", Secrets.Password);
    }
}
