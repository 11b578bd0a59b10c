namespace Jarvis.Browser.Tests;

public sealed class ComposerTests(Browser browser, HostFixture fixture) : IClassFixture<HostFixture>
{
    [Fact]
    public async Task Draft_survives_a_reload_and_belongs_to_its_chat()
    {
        await using var session = await BrowserSession.StartAsync(browser, await fixture.HostAsync());
        await session.RegisterAsync();
        await session.AskAsync("Hello");
        await session.Prompt.FillAsync("not yet sent");

        await session.Page.ReloadAsync();

        (await session.Prompt.InputValueAsync()).Should().Be("not yet sent");
        var chat = session.Page.Url;
        await session.NewChatAsync();
        (await session.Prompt.InputValueAsync()).Should().BeEmpty();
        await session.Page.GotoAsync(chat);
        await session.AskAsync("sent");
        await session.Page.ReloadAsync();
        (await session.Prompt.InputValueAsync()).Should().BeEmpty();
    }

    [Fact]
    public async Task Unsent_message_is_restored_after_signing_in_again()
    {
        await using var session = await BrowserSession.StartAsync(browser, await fixture.HostAsync());
        session.ExpectError("401");
        await session.RegisterAsync("borys");
        await session.AskAsync("Hello");
        var chat = session.Page.Url;
        await session.Context.ClearCookiesAsync();

        await session.Prompt.FillAsync("still to say");
        await session.Prompt.PressAsync("Enter");
        await session.Page.WaitForURLAsync("**/account/login?returnUrl=*");
        await session.SignInAsync("borys");

        await session.Page.WaitForURLAsync(chat);
        (await session.Prompt.InputValueAsync()).Should().Be("still to say");
    }

    [Fact]
    public async Task Shift_Enter_breaks_the_line_and_the_field_grows_to_ten_lines()
    {
        await using var session = await BrowserSession.StartAsync(browser, await fixture.HostAsync());
        await session.RegisterAsync();
        var one = (await session.Prompt.BoundingBoxAsync())!.Height;

        await session.Prompt.PressSequentiallyAsync("a");
        await session.Prompt.PressAsync("Shift+Enter");
        await session.Prompt.PressSequentiallyAsync("b");
        var two = (await session.Prompt.BoundingBoxAsync())!.Height;
        await session.Prompt.FillAsync(string.Join('\n', Enumerable.Repeat("line", 40)));
        var forty = (await session.Prompt.BoundingBoxAsync())!.Height;

        two.Should().BeGreaterThan(one);
        forty.Should().BeLessThan(one * 9);
        (await session.Turns.CountAsync()).Should().Be(0);
    }

    [Fact]
    public async Task Counter_appears_near_the_limit_and_text_beyond_it_cannot_be_sent()
    {
        await using var session = await BrowserSession.StartAsync(browser, await fixture.HostAsync());
        await session.RegisterAsync();

        await session.Prompt.FillAsync(new string('a', 31_000));
        var count = await session.Page.Locator("#character-count").InnerTextAsync();
        await session.Prompt.FillAsync(new string('a', 32_001));

        count.Should().Be("31,000 of 32,000");
        (await session.Page.Locator("#composer-status").InnerTextAsync()).Should().Contain("32,001 of 32,000");
        (await session.Page.Locator("#send").IsDisabledAsync()).Should().BeTrue();
        await session.Prompt.PressAsync("Enter");
        (await session.Turns.CountAsync()).Should().Be(0);
    }

    [Fact]
    public async Task Rejected_message_shows_the_reason_and_adds_no_turn()
    {
        await using var session = await BrowserSession.StartAsync(browser, await fixture.HostAsync(), locale: "pl-PL");
        session.ExpectError("422");
        await session.RegisterAsync();

        await session.Page.EvaluateAsync("document.getElementById('prompt').value = 'a\\0b'; document.getElementById('prompt').dispatchEvent(new Event('input'))");
        await session.Prompt.PressAsync("Enter");

        await session.Page.Locator("#composer-error", new() { HasText = "Wiadomość zawiera niedozwolony znak" }).WaitForAsync();
        (await session.Turns.CountAsync()).Should().Be(0);
        (await session.Page.Locator("#welcome").IsVisibleAsync()).Should().BeTrue();
    }

    [Fact]
    public async Task First_chat_offers_three_suggestions_and_explains_the_missing_model()
    {
        await using var session = await BrowserSession.StartAsync(browser, await fixture.HostAsync());
        await session.RegisterAsync();

        (await session.Page.Locator(".suggestion").CountAsync()).Should().Be(3);
        (await session.Page.Locator(".card").InnerTextAsync()).Should().Contain("OPENAI_API_KEY").And.Contain("Azure").And.Contain("Ollama").And.Contain("remembers");
        await session.Page.Locator(".suggestion").First.ClickAsync();
        (await session.Prompt.InputValueAsync()).Should().Contain("Reksio");
        (await session.Page.EvaluateAsync<string>("document.activeElement.id")).Should().Be("prompt");
    }
}
