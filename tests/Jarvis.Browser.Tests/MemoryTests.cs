using Microsoft.Playwright;

namespace Jarvis.Browser.Tests;

public sealed class MemoryTests(Browser browser)
{
    [Theory]
    [InlineData("en-GB", "My dog is called Reksio and I live in Gdańsk", "What is my dog called?")]
    [InlineData("pl-PL", "Mój pies nazywa się Reksio", "Jak nazywa się mój pies?")]
    public async Task Fact_from_one_chat_is_known_in_the_next_until_it_is_forgotten(string locale, string statement, string question)
    {
        var host = await SharedHosts.GetAsync();
        await using var session = await BrowserSession.StartAsync(browser, host, locale);
        await session.RegisterAsync();
        await session.AskAsync(statement);
        await session.WaitForMemoryAsync();
        var statementUrl = new Uri(session.Page.Url).AbsolutePath;

        await session.NewChatAsync();
        await session.AskAsync(question);

        (await session.LastAnswer.InnerTextAsync()).Should().Contain("Reksio");
        await session.LastTurn.Locator(".citations > summary").ClickAsync();
        var memory = session.LastTurn.Locator(".citations a").First;
        (await memory.InnerTextAsync()).Should().Contain("Reksio");
        await memory.ClickAsync();
        await session.Page.WaitForURLAsync($"**{statementUrl}?turn=*#turn-*");
        (await session.Page.EvaluateAsync<string>("document.activeElement.querySelector('.user-message')?.textContent")).Should().Be(statement);

        await ForgetAsync(session, "Reksio");
        await session.NewChatAsync();
        await session.AskAsync(question);

        (await session.LastAnswer.InnerTextAsync()).Should().NotContain("Reksio");
        await session.LastTurn.Locator(".citations > summary").ClickAsync();
        (await session.LastTurn.Locator(".citations .memories > li").CountAsync()).Should().Be(0);
    }

    [Fact]
    public async Task Model_receives_a_memory_only_until_it_is_forgotten()
    {
        await using var testHost = await BrowserTestHost.RentAsync();
        await using var session = await BrowserSession.StartAsync(browser, testHost.Host);
        testHost.Model.Answer = request => request.SystemText.Contains("Reksio", StringComparison.Ordinal) ? "Reksio." : "I do not know.";
        await session.RegisterAsync();
        await session.AskAsync("My dog is called Reksio");
        await session.WaitForMemoryAsync();

        await session.NewChatAsync();
        await session.AskAsync("What is my dog called?");
        var remembered = await session.LastAnswer.InnerTextAsync();
        await ForgetAsync(session, "Reksio");
        await session.NewChatAsync();
        await session.AskAsync("What is my dog called?");

        remembered.Should().Be("Reksio.");
        (await session.LastAnswer.InnerTextAsync()).Should().Be("I do not know.");
        testHost.Model.Chats[^1].SystemText.Should().NotContain("Reksio");
    }

    [Fact]
    public async Task Restart_keeps_session_conversations_and_memories()
    {
        await using var host = await JarvisHost.StartAsync();
        await using var session = await BrowserSession.StartAsync(browser, host);
        await session.RegisterAsync();
        await session.AskAsync("My dog is called Reksio");
        await session.WaitForMemoryAsync();
        var chat = new Uri(session.Page.Url).AbsolutePath;

        // The memory indicator refreshes automatically.
        session.ExpectError("/memory/status");
        await host.RestartAsync();

        // Jarvis restarts on another port: cookies depend on the host only.
        await using var after = await BrowserSession.StartAsync(browser, host);
        await after.Context.AddCookiesAsync((await session.Context.CookiesAsync()).Select(cookie => new Cookie
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
    public async Task Memory_is_found_edited_and_pinned()
    {
        var host = await SharedHosts.GetAsync();
        await using var session = await BrowserSession.StartAsync(browser, host);
        await session.RegisterAsync();
        await session.AskAsync("My dog is called Reksio");
        await session.WaitForMemoryAsync();
        await session.Page.GotoAsync("/memories");

        await session.Page.FillAsync("#q", "reksio");
        await session.Page.ClickAsync(".filter button");
        var memory = session.Page.Locator(".memory");
        await memory.Locator("summary", new() { HasText = "Edit" }).ClickAsync();
        await memory.Locator("textarea").FillAsync("My dog is called Reksio II");
        await memory.Locator("details[open] button").ClickAsync();
        await session.Page.Locator(".notice.success").WaitForAsync();
        await memory.GetByText("Pin", new() { Exact = true }).ClickAsync();

        await session.Page.Locator(".badge.accent").WaitForAsync();
        (await memory.Locator(".memory-content").InnerTextAsync()).Should().Be("My dog is called Reksio II");
    }

    private static async Task ForgetAsync(BrowserSession session, string content)
    {
        await session.Page.GotoAsync("/memories");
        var memories = session.Page.Locator(".memory", new() { HasText = content });
        for (var remaining = await memories.CountAsync(); remaining > 0; remaining--)
        {
            await memories.First.Locator("details").Last.Locator("summary").ClickAsync();
            await memories.First.Locator("details[open] .danger").ClickAsync();
            await memories.Nth(remaining - 1).WaitForAsync(new() { State = WaitForSelectorState.Detached });
        }
    }
}
