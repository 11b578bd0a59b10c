using Jarvis.TestSupport;

namespace Jarvis.Browser.Tests;

public sealed class ComposerTests(Browser browser, HostFixture fixture) : IClassFixture<HostFixture>
{
    [Fact]
    public async Task A_draft_survives_a_reload_and_belongs_to_its_chat()
    {
        await using var visit = await BrowserSession.StartAsync(browser, await fixture.HostAsync());
        await visit.RegisterAsync();
        await visit.AskAsync("Hello");
        await visit.Prompt.FillAsync("not yet sent");

        await visit.Page.ReloadAsync();

        (await visit.Prompt.InputValueAsync()).Should().Be("not yet sent");
        var chat = visit.Page.Url;
        await visit.NewChatAsync();
        (await visit.Prompt.InputValueAsync()).Should().BeEmpty();
        await visit.Page.GotoAsync(chat);
        await visit.AskAsync("sent");
        await visit.Page.ReloadAsync();
        (await visit.Prompt.InputValueAsync()).Should().BeEmpty();
    }

    [Fact]
    public async Task Unsent_message_is_restored_after_signing_in_again()
    {
        await using var visit = await BrowserSession.StartAsync(browser, await fixture.HostAsync());
        visit.ExpectError("401");
        await visit.RegisterAsync("borys");
        await visit.AskAsync("Hello");
        var chat = visit.Page.Url;
        await visit.Context.ClearCookiesAsync();

        await visit.Prompt.FillAsync("still to say");
        await visit.Prompt.PressAsync("Enter");
        await visit.Page.WaitForURLAsync("**/account/login?returnUrl=*");
        await visit.SignInAsync("borys");

        await visit.Page.WaitForURLAsync(chat);
        (await visit.Prompt.InputValueAsync()).Should().Be("still to say");
    }

    [Fact]
    public async Task Shift_Enter_breaks_the_line_and_the_field_grows_to_ten_lines()
    {
        await using var visit = await BrowserSession.StartAsync(browser, await fixture.HostAsync());
        await visit.RegisterAsync();
        var one = (await visit.Prompt.BoundingBoxAsync())!.Height;

        await visit.Prompt.PressSequentiallyAsync("a");
        await visit.Prompt.PressAsync("Shift+Enter");
        await visit.Prompt.PressSequentiallyAsync("b");
        var two = (await visit.Prompt.BoundingBoxAsync())!.Height;
        await visit.Prompt.FillAsync(string.Join('\n', Enumerable.Repeat("line", 40)));
        var forty = (await visit.Prompt.BoundingBoxAsync())!.Height;

        two.Should().BeGreaterThan(one);
        forty.Should().BeLessThan(one * 9);
        (await visit.Turns.CountAsync()).Should().Be(0);
    }

    [Fact]
    public async Task Counter_appears_near_the_limit_and_text_beyond_it_cannot_be_sent()
    {
        await using var visit = await BrowserSession.StartAsync(browser, await fixture.HostAsync());
        await visit.RegisterAsync();

        await visit.Prompt.FillAsync(new string('a', 31_000));
        var count = await visit.Page.Locator("#character-count").InnerTextAsync();
        await visit.Prompt.FillAsync(new string('a', 32_001));

        count.Should().Be("31,000 of 32,000");
        (await visit.Page.Locator("#composer-status").InnerTextAsync()).Should().Contain("32,001 of 32,000");
        (await visit.Page.Locator("#send").IsDisabledAsync()).Should().BeTrue();
        await visit.Prompt.PressAsync("Enter");
        (await visit.Turns.CountAsync()).Should().Be(0);
    }

    [Fact]
    public async Task Rejected_message_shows_the_reason_and_adds_no_turn()
    {
        await using var visit = await BrowserSession.StartAsync(browser, await fixture.HostAsync(), locale: "pl-PL");
        visit.ExpectError("422");
        await visit.RegisterAsync();

        await visit.Page.EvaluateAsync("document.getElementById('prompt').value = 'a\\0b'; document.getElementById('prompt').dispatchEvent(new Event('input'))");
        await visit.Prompt.PressAsync("Enter");

        await visit.Page.Locator("#composer-error", new() { HasText = "Wiadomość zawiera niedozwolony znak" }).WaitForAsync();
        (await visit.Turns.CountAsync()).Should().Be(0);
        (await visit.Page.Locator("#welcome").IsVisibleAsync()).Should().BeTrue();
    }

    [Fact]
    public async Task First_chat_offers_three_suggestions_and_explains_the_missing_model()
    {
        await using var visit = await BrowserSession.StartAsync(browser, await fixture.HostAsync());
        await visit.RegisterAsync();

        (await visit.Page.Locator(".suggestion").CountAsync()).Should().Be(3);
        (await visit.Page.Locator(".card").InnerTextAsync()).Should().Contain("OPENAI_API_KEY").And.Contain("Azure").And.Contain("Ollama").And.Contain("remembers");
        await visit.Page.Locator(".suggestion").First.ClickAsync();
        (await visit.Prompt.InputValueAsync()).Should().Contain("Reksio");
        (await visit.Page.EvaluateAsync<string>("document.activeElement.id")).Should().Be("prompt");
    }
}
