using Jarvis.TestSupport;

namespace Jarvis.Browser.Tests;

public sealed class SafetyTests(Browser browser)
{
    private const string Hostile =
        "<script>window.ran = 1; alert(1)</script><img src=x onerror=\"window.ran = 1\"> [a](javascript:window.ran=1) ![b](https://example.org/b.png) "
        + "</script></template></textarea><svg onload=\"window.ran = 1\"> {0} \"' onmouseover=window.ran=1";

    [Fact]
    public async Task Script_in_prompts_answers_titles_and_memories_is_not_executed()
    {
        await using var stand = await BrowserTestHost.StartAsync();
        await using var visit = await BrowserSession.StartAsync(browser, stand.Host);
        stand.Model.Answer = _ => Hostile + "\n\n```html\n" + Hostile + "\n```\n\n| " + Hostile + " |\n|---|\n| x |";
        await visit.RegisterAsync();

        await visit.AskAsync("My dog is called Reksio " + Hostile);
        await visit.LastAnswer.Locator(".hljs-name").First.WaitForAsync();
        await NothingRanAsync(visit);
        (await visit.LastTurn.Locator(".user-message").InnerTextAsync()).Should().Contain("<script>window.ran = 1; alert(1)</script>");
        (await visit.LastAnswer.InnerTextAsync()).Should().Contain("<script>window.ran = 1; alert(1)</script>");

        await RenameAsync(visit, "</title><script>window.ran = 1</script>");
        await visit.RememberedAsync();
        foreach (var page in new[] { visit.Page.Url, "/", "/memories", "/?q=" + Uri.EscapeDataString(Hostile), "/memories?q=" + Uri.EscapeDataString(Hostile) })
        {
            await visit.Page.GotoAsync(page);
            await NothingRanAsync(visit);
        }

        await visit.NewChatAsync();
        await visit.AskAsync("What is my dog called?");
        await NothingRanAsync(visit);
    }

    [Fact]
    public async Task Right_to_left_text_and_emoji_are_shown_as_they_were_written()
    {
        const string Said = "مرحبا، اسم كلبي ركسيو 👩‍👩‍👧‍👦🏳️‍🌈 שלום";
        await using var stand = await BrowserTestHost.StartAsync();
        await using var visit = await BrowserSession.StartAsync(browser, stand.Host);
        stand.Model.Answer = request => request.Prompt + "\n\nand English";
        await visit.RegisterAsync();

        await visit.AskAsync(Said);
        await visit.Page.ReloadAsync();

        (await visit.LastTurn.Locator(".user-message").InnerTextAsync()).Should().Be(Said);
        (await visit.Page.EvaluateAsync<string>("getComputedStyle(document.querySelector('.user-message')).direction")).Should().Be("rtl");
        (await visit.Page.EvaluateAsync<string[]>("[...document.querySelectorAll('.answer > p')].map(p => getComputedStyle(p).direction)"))
            .Should().Equal("rtl", "ltr");
        (await visit.Page.Locator("#conversations a").First.InnerTextAsync()).Should().Be(Said);
    }

    private static async Task RenameAsync(BrowserSession visit, string title)
    {
        await visit.Page.Locator("#conversations li").First.HoverAsync();
        await visit.Page.Locator("#conversations .options").First.ClickAsync();
        await visit.Page.ClickAsync("[data-action=rename]");
        await visit.Page.FillAsync("#rename-title", title);
        await visit.Page.Keyboard.PressAsync("Enter");
        await visit.Page.Locator("#chat-title", new() { HasText = title }).WaitForAsync();
    }

    private static async Task NothingRanAsync(BrowserSession visit)
    {
        (await visit.Page.EvaluateAsync<bool>("'ran' in window")).Should().BeFalse();
        (await visit.Page.Locator("main img:not([src='/favicon.svg']), main script, main [onerror], main [onload]").CountAsync()).Should().Be(0);
    }
}
