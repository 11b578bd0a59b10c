using Jarvis.TestSupport;
using Microsoft.Playwright;

namespace Jarvis.Browser.Tests;

public sealed class MemoryTests(Browser browser)
{
    [Theory]
    [InlineData("en-GB", "My dog is called Reksio and I live in Gdańsk", "What is my dog called?")]
    [InlineData("pl-PL", "Mój pies nazywa się Reksio", "Jak nazywa się mój pies?")]
    public async Task Fact_from_one_chat_is_known_in_the_next_until_it_is_forgotten(string locale, string said, string question)
    {
        var host = await SharedHosts.GetAsync();
        await using var visit = await BrowserSession.StartAsync(browser, host, locale);
        await visit.RegisterAsync();
        await visit.AskAsync(said);
        await visit.RememberedAsync();
        var saidAt = new Uri(visit.Page.Url).AbsolutePath;

        await visit.NewChatAsync();
        await visit.AskAsync(question);

        (await visit.LastAnswer.InnerTextAsync()).Should().Contain("Reksio");
        await visit.LastTurn.Locator(".citations > summary").ClickAsync();
        var memory = visit.LastTurn.Locator(".citations a").First;
        (await memory.InnerTextAsync()).Should().Contain("Reksio");
        await memory.ClickAsync();
        await visit.Page.WaitForURLAsync($"**{saidAt}?turn=*#turn-*");
        (await visit.Page.EvaluateAsync<string>("document.activeElement.querySelector('.user-message')?.textContent")).Should().Be(said);

        await ForgetAsync(visit, "Reksio");
        await visit.NewChatAsync();
        await visit.AskAsync(question);

        (await visit.LastAnswer.InnerTextAsync()).Should().NotContain("Reksio");
        await visit.LastTurn.Locator(".citations > summary").ClickAsync();
        (await visit.LastTurn.Locator(".citations .memories > li").CountAsync()).Should().Be(0);
    }

    [Fact]
    public async Task Model_receives_a_memory_only_until_it_is_forgotten()
    {
        await using var stand = await BrowserTestHost.StartAsync();
        await using var visit = await BrowserSession.StartAsync(browser, stand.Host);
        stand.Model.Answer = request => request.SystemText.Contains("Reksio", StringComparison.Ordinal) ? "Reksio." : "I do not know.";
        await visit.RegisterAsync();
        await visit.AskAsync("My dog is called Reksio");
        await visit.RememberedAsync();

        await visit.NewChatAsync();
        await visit.AskAsync("What is my dog called?");
        var remembered = await visit.LastAnswer.InnerTextAsync();
        await ForgetAsync(visit, "Reksio");
        await visit.NewChatAsync();
        await visit.AskAsync("What is my dog called?");

        remembered.Should().Be("Reksio.");
        (await visit.LastAnswer.InnerTextAsync()).Should().Be("I do not know.");
        stand.Model.Chats[^1].SystemText.Should().NotContain("Reksio");
    }

    [Fact]
    public async Task Restart_keeps_session_conversations_and_memories()
    {
        await using var host = await JarvisHost.StartAsync();
        await using var visit = await BrowserSession.StartAsync(browser, host);
        await visit.RegisterAsync();
        await visit.AskAsync("My dog is called Reksio");
        await visit.RememberedAsync();
        var chat = new Uri(visit.Page.Url).AbsolutePath;

        // The sign of memory looks again by itself.
        visit.ExpectError("/memory/status");
        await host.RestartAsync();

        // It comes back at another port: cookies hold for the host as a whole.
        await using var after = await BrowserSession.StartAsync(browser, host);
        await after.Context.AddCookiesAsync((await visit.Context.CookiesAsync()).Select(cookie => new Cookie
        {
            Name = cookie.Name,
            Value = cookie.Value,
            Domain = cookie.Domain,
            Path = cookie.Path,
            HttpOnly = cookie.HttpOnly,
        }));
        await after.Page.GotoAsync(chat);
        (await after.Turns.First.Locator(".user-message").InnerTextAsync()).Should().Be("My dog is called Reksio");
        await after.NewChatAsync();
        await after.AskAsync("What is my dog called?");
        (await after.LastAnswer.InnerTextAsync()).Should().Contain("Reksio");
    }

    [Fact]
    public async Task A_memory_is_found_edited_and_pinned()
    {
        var host = await SharedHosts.GetAsync();
        await using var visit = await BrowserSession.StartAsync(browser, host);
        await visit.RegisterAsync();
        await visit.AskAsync("My dog is called Reksio");
        await visit.RememberedAsync();
        await visit.Page.GotoAsync("/memories");

        await visit.Page.FillAsync("#q", "reksio");
        await visit.Page.ClickAsync(".filter button");
        var memory = visit.Page.Locator(".memory");
        await memory.Locator("summary", new() { HasText = "Edit" }).ClickAsync();
        await memory.Locator("textarea").FillAsync("My dog is called Reksio II");
        await memory.Locator("details[open] button").ClickAsync();
        await visit.Page.Locator(".notice.success").WaitForAsync();
        await memory.GetByText("Pin", new() { Exact = true }).ClickAsync();

        await visit.Page.Locator(".badge.accent").WaitForAsync();
        (await memory.Locator(".memory-content").InnerTextAsync()).Should().Be("My dog is called Reksio II");
    }

    private static async Task ForgetAsync(BrowserSession visit, string content)
    {
        await visit.Page.GotoAsync("/memories");
        var memories = visit.Page.Locator(".memory", new() { HasText = content });
        for (var left = await memories.CountAsync(); left > 0; left--)
        {
            await memories.First.Locator("details").Last.Locator("summary").ClickAsync();
            await memories.First.Locator("details[open] .danger").ClickAsync();
            await memories.Nth(left - 1).WaitForAsync(new() { State = WaitForSelectorState.Detached });
        }
    }
}
