using System.IO.Compression;
using Jarvis.TestSupport;
using Microsoft.Playwright;

namespace Jarvis.Browser.Tests;

public sealed class EveryPageTests(Browser browser)
{
    private const int MostBytes = 150_000;

    [Theory]
    [InlineData(ColorScheme.Light, 1280)]
    [InlineData(ColorScheme.Dark, 1280)]
    [InlineData(ColorScheme.Light, 390)]
    [InlineData(ColorScheme.Dark, 390)]
    public async Task Every_page_passes_axe(ColorScheme look, int width)
    {
        await using var stand = await BrowserTestHost.StartAsync();
        await using var visit = await BrowserSession.StartAsync(browser, stand.Host, look: look, width: width);
        visit.ExpectError("404");
        stand.Model.Answer = _ => "## Title\n\nText, `code`, [link](https://example.org)\n\n```csharp\n// comment\nvar x = \"text\" + 1; public class A { }\n```\n\n"
            + "| a | b |\n|---|--:|\n| 1 | 2 |\n\n> quote\n\n- [x] done\n\n#### Deep";

        foreach (var page in new[] { "/", "/account/login", "/account/register", "/error", "/nowhere" })
        {
            await CheckAsync(visit, page);
        }

        await visit.RegisterAsync();
        await CheckAsync(visit, "/");
        await visit.AskAsync("My dog is called Reksio and I live in Gdańsk");
        await visit.RememberedAsync();
        await visit.NewChatAsync();
        await visit.AskAsync("What is my dog called?");
        await visit.LastTurn.Locator(".citations > summary").ClickAsync();
        await CheckAsync(visit);
        await visit.Page.ClickAsync("#panel-toggle");
        await CheckAsync(visit);
        await CheckAsync(visit, "/");
        await visit.Page.Locator("#without-memory").CheckAsync();
        await visit.AskAsync("Say nothing of this");
        await visit.LastTurn.Locator(".citations > summary").ClickAsync();
        await CheckAsync(visit);
        await visit.Page.ReloadAsync();
        stand.Model.AddFault(TestSupport.StandIns.OpenAiFault.Unauthorized);
        await visit.AskAsync("Fail");
        await CheckAsync(visit);
        await CheckAsync(visit, "/memories");
        await visit.Page.Locator(".memory-tools summary").Last.ClickAsync();
        await CheckAsync(visit);
        await CheckAsync(visit, "/memories?q=nothing");
        await CheckAsync(visit, "/settings/import");
        await CheckAsync(visit, "/bug-report");
        await visit.Page.FillAsync("#Title", "The title of my chat is cut off");
        await visit.Page.FillAsync("#Description", "1. I open a long chat");
        await visit.Page.ClickAsync("main button.primary");
        await CheckAsync(visit);
        await visit.Page.ClickAsync("main button.primary");
        await CheckAsync(visit);
        await CheckAsync(visit, "/memories?past=true");
        await CheckAsync(visit, "/settings");
        await visit.Page.FillAsync("#Name", "test");
        await visit.Page.ClickAsync(".inline button");
        await CheckAsync(visit);
        await CheckAsync(visit, "/admin");
        await CheckAsync(visit, "/account/logout");
    }

    [Theory]
    [InlineData("Light", "light")]
    [InlineData("Dark", "dark")]
    public async Task Chosen_theme_and_language_apply_after_saving(string theme, string scheme)
    {
        var host = await SharedHosts.GetAsync();
        await using var visit = await BrowserSession.StartAsync(browser, host, look: theme == "Light" ? ColorScheme.Dark : ColorScheme.Light);
        await visit.RegisterAsync();
        await visit.Page.GotoAsync("/settings");

        await visit.Page.SelectOptionAsync("#Theme", theme);
        await visit.Page.SelectOptionAsync("#Language", "pl");
        await visit.Page.FillAsync("#Temperature", "0,3");
        await visit.Page.ClickAsync("main button.primary");

        await visit.Page.GetByText("Zapisano").WaitForAsync();
        (await visit.Page.Locator("html").GetAttributeAsync("lang")).Should().Be("pl");
        (await visit.Page.EvaluateAsync<string>("getComputedStyle(document.documentElement).colorScheme")).Should().Be(scheme);
        (await visit.Page.InputValueAsync("#Temperature")).Should().Be("0,3");
        await visit.Page.Locator(".user-menu summary").ClickAsync();
        await visit.Page.GetByText("Wyloguj się").ClickAsync();
        await visit.Page.GetByText("Twój własny asystent").WaitForAsync();
    }

    [Fact]
    public async Task First_chat_page_stays_within_its_size_limit()
    {
        var host = await SharedHosts.GetAsync();
        await using var visit = await BrowserSession.StartAsync(browser, host);
        await visit.RegisterAsync();
        await using var fresh = await BrowserSession.StartAsync(browser, host);
        await fresh.Context.AddCookiesAsync((await visit.Context.CookiesAsync()).Select(cookie => new Cookie
        {
            Name = cookie.Name,
            Value = cookie.Value,
            Domain = cookie.Domain,
            Path = cookie.Path,
        }));
        var responses = new List<IResponse>();
        fresh.Page.Response += (_, response) => responses.Add(response);

        await fresh.Page.GotoAsync("/", new() { WaitUntil = WaitUntilState.NetworkIdle });

        responses.Should().HaveCountGreaterThan(10);
        var bytes = 0;
        foreach (var response in responses)
        {
            bytes += Gzipped(await response.BodyAsync());
        }

        bytes.Should().BeLessThan(MostBytes);
    }

    [Fact]
    public async Task User_can_register_ask_read_and_forget_without_scripts()
    {
        var host = await SharedHosts.GetAsync();
        await using var visit = await BrowserSession.StartAsync(browser, host, scripts: false);
        await visit.RegisterAsync();

        await visit.Prompt.FillAsync("My dog is called Reksio");
        await visit.Page.ClickAsync("#send");
        await visit.Page.WaitForURLAsync("**/chat/*");
        (await visit.LastTurn.Locator(".user-message").InnerTextAsync()).Should().Be("My dog is called Reksio");
        (await visit.LastAnswer.InnerTextAsync()).Should().NotBeEmpty();
        await visit.RememberedAsync();
        await visit.Prompt.FillAsync("And what do I have?");
        await visit.Page.ClickAsync("#send");
        await visit.Turns.Nth(1).WaitForAsync();
        await visit.Page.GotoAsync("/memories");
        await visit.Page.Locator(".memory summary").Last.ClickAsync();
        await visit.Page.Locator(".memory .danger").ClickAsync();

        await visit.Page.GetByText("Forgotten permanently.").WaitForAsync();
        (await visit.Page.Locator(".memory").CountAsync()).Should().Be(0);
    }

    private static async Task CheckAsync(BrowserSession visit, string? page = null)
    {
        if (page is not null)
        {
            await visit.Page.GotoAsync(page);
        }

        await visit.CheckAsync();
    }

    private static int Gzipped(byte[] body)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Optimal, leaveOpen: true))
        {
            gzip.Write(body);
        }

        return (int)packed.Length;
    }
}
