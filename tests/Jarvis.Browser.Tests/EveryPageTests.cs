using System.IO.Compression;
using Microsoft.Playwright;

namespace Jarvis.Browser.Tests;

public sealed class EveryPageTests(Browser browser)
{
    private const int MaxBytes = 150_000;

    [Theory]
    [InlineData(ColorScheme.Light, 1280)]
    [InlineData(ColorScheme.Dark, 1280)]
    [InlineData(ColorScheme.Light, 390)]
    [InlineData(ColorScheme.Dark, 390)]
    public async Task Every_page_passes_axe(ColorScheme colorScheme, int width)
    {
        await using var testHost = await BrowserTestHost.StartAsync();
        await using var session = await BrowserSession.StartAsync(browser, testHost.Host, colorScheme: colorScheme, width: width);
        session.ExpectError("404");
        testHost.Model.Answer = _ => "## Title\n\nText, `code`, [link](https://example.org)\n\n```csharp\n// comment\nvar x = \"text\" + 1; public class A { }\n```\n\n"
            + "| a | b |\n|---|--:|\n| 1 | 2 |\n\n> quote\n\n- [x] done\n\n#### Deep";

        foreach (var page in new[] { "/", "/account/login", "/account/register", "/error", "/nowhere" })
        {
            await CheckAsync(session, page);
        }

        await session.RegisterAsync();
        await CheckAsync(session, "/");
        await session.AskAsync("My dog is called Reksio and I live in Gdańsk");
        await session.WaitForMemoryAsync();
        await session.NewChatAsync();
        await session.AskAsync("What is my dog called?");
        await session.LastTurn.Locator(".citations > summary").ClickAsync();
        await CheckAsync(session);
        await session.Page.ClickAsync("#panel-toggle");
        await CheckAsync(session);
        await CheckAsync(session, "/");
        await session.Page.Locator("#without-memory").CheckAsync();
        await session.AskAsync("Say nothing of this");
        await session.LastTurn.Locator(".citations > summary").ClickAsync();
        await CheckAsync(session);
        await session.Page.ReloadAsync();
        testHost.Model.AddFault(TestSupport.StandIns.OpenAiFault.Unauthorized);
        await session.AskAsync("Fail");
        await CheckAsync(session);
        await CheckAsync(session, "/memories");
        await session.Page.Locator(".memory-tools summary").Last.ClickAsync();
        await CheckAsync(session);
        await CheckAsync(session, "/memories?q=nothing");
        await CheckAsync(session, "/settings/import");
        await CheckAsync(session, "/bug-report");
        await session.Page.FillAsync("#Title", "The title of my chat is cut off");
        await session.Page.FillAsync("#Description", "1. I open a long chat");
        await session.Page.ClickAsync("main button.primary");
        await CheckAsync(session);
        await session.Page.ClickAsync("main button.primary");
        await CheckAsync(session);
        await CheckAsync(session, "/memories?past=true");
        await CheckAsync(session, "/settings");
        await session.Page.FillAsync("#Name", "test");
        await session.Page.ClickAsync(".inline button");
        await CheckAsync(session);
        await CheckAsync(session, "/admin");
        await CheckAsync(session, "/account/logout");
    }

    [Theory]
    [InlineData("Light", "light")]
    [InlineData("Dark", "dark")]
    public async Task Chosen_theme_and_language_apply_after_saving(string theme, string scheme)
    {
        var host = await SharedHosts.GetAsync();
        await using var session = await BrowserSession.StartAsync(browser, host, colorScheme: theme == "Light" ? ColorScheme.Dark : ColorScheme.Light);
        await session.RegisterAsync();
        await session.Page.GotoAsync("/settings");

        await session.Page.SelectOptionAsync("#Theme", theme);
        await session.Page.SelectOptionAsync("#Language", "pl");
        await session.Page.FillAsync("#Temperature", "0,3");
        await session.Page.ClickAsync("main button.primary");

        await session.Page.GetByText("Zapisano").WaitForAsync();
        (await session.Page.Locator("html").GetAttributeAsync("lang")).Should().Be("pl");
        (await session.Page.EvaluateAsync<string>("getComputedStyle(document.documentElement).colorScheme")).Should().Be(scheme);
        (await session.Page.InputValueAsync("#Temperature")).Should().Be("0,3");
        await session.Page.Locator(".user-menu summary").ClickAsync();
        await session.Page.GetByText("Wyloguj się").ClickAsync();
        await session.Page.GetByText("Twój własny asystent").WaitForAsync();
    }

    [Fact]
    public async Task First_chat_page_stays_within_its_size_limit()
    {
        var host = await SharedHosts.GetAsync();
        await using var session = await BrowserSession.StartAsync(browser, host);
        await session.RegisterAsync();
        await using var fresh = await BrowserSession.StartAsync(browser, host);
        await fresh.Context.AddCookiesAsync((await session.Context.CookiesAsync()).Select(cookie => new Cookie
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

        bytes.Should().BeLessThan(MaxBytes);
    }

    [Fact]
    public async Task User_can_register_ask_read_and_forget_without_scripts()
    {
        var host = await SharedHosts.GetAsync();
        await using var session = await BrowserSession.StartAsync(browser, host, scripts: false);
        await session.RegisterAsync();

        await session.Prompt.FillAsync("My dog is called Reksio");
        await session.Page.ClickAsync("#send");
        await session.Page.WaitForURLAsync("**/chat/*");
        (await session.LastTurn.Locator(".user-message").InnerTextAsync()).Should().Be("My dog is called Reksio");
        (await session.LastAnswer.InnerTextAsync()).Should().NotBeEmpty();
        await session.WaitForMemoryAsync();
        await session.Prompt.FillAsync("And what do I have?");
        await session.Page.ClickAsync("#send");
        await session.Turns.Nth(1).WaitForAsync();
        await session.Page.GotoAsync("/memories");
        await session.Page.Locator(".memory summary").Last.ClickAsync();
        await session.Page.Locator(".memory .danger").ClickAsync();

        await session.Page.GetByText("Forgotten permanently.").WaitForAsync();
        (await session.Page.Locator(".memory").CountAsync()).Should().Be(0);
    }

    private static async Task CheckAsync(BrowserSession session, string? page = null)
    {
        if (page is not null)
        {
            await session.Page.GotoAsync(page);
        }

        await session.CheckAsync();
    }

    private static int Gzipped(byte[] body)
    {
        using var compressed = new MemoryStream();
        using (var gzip = new GZipStream(compressed, CompressionLevel.Optimal, leaveOpen: true))
        {
            gzip.Write(body);
        }

        return (int)compressed.Length;
    }
}
