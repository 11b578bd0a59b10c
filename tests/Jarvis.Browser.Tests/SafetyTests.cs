namespace Jarvis.Browser.Tests;

public sealed class SafetyTests(Browser browser)
{
    private const string Hostile =
        "<script>window.ran = 1; alert(1)</script><img src=x onerror=\"window.ran = 1\"> [a](javascript:window.ran=1) ![b](https://example.org/b.png) "
        + "</script></template></textarea><svg onload=\"window.ran = 1\"> {0} \"' onmouseover=window.ran=1";

    [Fact]
    public async Task Script_in_prompts_answers_titles_and_memories_is_not_executed()
    {
        await using var host = await BrowserTestHost.RentAsync();
        await using var session = await BrowserSession.StartAsync(browser, host.Host);
        host.Model.Answer = _ => Hostile + "\n\n```html\n" + Hostile + "\n```\n\n| " + Hostile + " |\n|---|\n| x |";
        await session.RegisterAsync();

        await session.AskAsync("My dog is called Reksio " + Hostile);
        await session.LastAnswer.Locator(".hljs-name").First.WaitForAsync();
        await ExpectNoScriptRanAsync(session);
        (await session.LastTurn.Locator(".user-message").InnerTextAsync()).Should().Contain("<script>window.ran = 1; alert(1)</script>");
        (await session.LastAnswer.InnerTextAsync()).Should().Contain("<script>window.ran = 1; alert(1)</script>");

        await RenameAsync(session, "</title><script>window.ran = 1</script>");
        await session.WaitForMemoryAsync();
        foreach (var page in new[] { session.Page.Url, "/", "/memories", "/?q=" + Uri.EscapeDataString(Hostile), "/memories?q=" + Uri.EscapeDataString(Hostile) })
        {
            await session.Page.GotoAsync(page);
            await ExpectNoScriptRanAsync(session);
        }

        await session.NewChatAsync();
        await session.AskAsync("What is my dog called?");
        await ExpectNoScriptRanAsync(session);
    }

    [Fact]
    public async Task Right_to_left_text_and_emoji_are_shown_as_they_were_written()
    {
        const string Message = "مرحبا، اسم كلبي ركسيو 👩‍👩‍👧‍👦🏳️‍🌈 שלום";
        await using var host = await BrowserTestHost.RentAsync();
        await using var session = await BrowserSession.StartAsync(browser, host.Host);
        host.Model.Answer = request => request.Prompt + "\n\nand English";
        await session.RegisterAsync();

        await session.AskAsync(Message);
        await session.Page.ReloadAsync();

        (await session.LastTurn.Locator(".user-message").InnerTextAsync()).Should().Be(Message);
        (await session.Page.EvaluateAsync<string>("getComputedStyle(document.querySelector('.user-message')).direction")).Should().Be("rtl");
        (await session.Page.EvaluateAsync<string[]>("[...document.querySelectorAll('.answer > p')].map(p => getComputedStyle(p).direction)"))
            .Should().Equal("rtl", "ltr");
        (await session.Page.Locator("#conversations a").First.InnerTextAsync()).Should().Be(Message);
    }

    private static async Task RenameAsync(BrowserSession session, string title)
    {
        await session.Page.Locator("#conversations li").First.HoverAsync();
        await session.Page.Locator("#conversations .options").First.ClickAsync();
        await session.Page.ClickAsync("[data-action=rename]");
        await session.Page.FillAsync("#rename-title", title);
        await session.Page.Keyboard.PressAsync("Enter");
        await session.Page.Locator("#chat-title", new() { HasText = title }).WaitForAsync();
    }

    private static async Task ExpectNoScriptRanAsync(BrowserSession session)
    {
        (await session.Page.EvaluateAsync<bool>("'ran' in window")).Should().BeFalse();
        (await session.Page.Locator("main img:not([src='/favicon.svg']), main script, main [onerror], main [onload]").CountAsync()).Should().Be(0);
    }
}
