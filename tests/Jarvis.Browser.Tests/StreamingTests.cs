using Microsoft.Playwright;

namespace Jarvis.Browser.Tests;

public sealed class StreamingTests(Browser browser)
{
    private const string Long = "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth";

    [Fact]
    public async Task Markdown_is_rendered_while_streaming_and_complete_at_the_end()
    {
        await using var host = await BrowserTestHost.RentAsync();
        await using var session = await BrowserSession.StartAsync(browser, host.Host);
        host.Model.Answer = _ => "# Title\n\nSome **bold** text.\n\n```csharp\nvar x = 1;\n```\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\nThe end of it comes late";
        host.Model.TokenDelay = TimeSpan.FromMilliseconds(60);
        await session.RegisterAsync();

        await session.SendAsync("Show me");
        await session.LastAnswer.Locator("strong", new() { HasText = "bold" }).WaitForAsync();
        var early = await session.LastTurn.GetAttributeAsync("data-status");
        await session.WaitForAnswerAsync();

        early.Should().Be("pending");
        (await session.LastAnswer.Locator("h3").InnerTextAsync()).Should().Be("Title");
        (await session.LastAnswer.Locator(".code-head button").CountAsync()).Should().Be(1);
        (await session.LastAnswer.Locator("table td").AllInnerTextsAsync()).Should().Equal("1", "2");
        (await session.Page.Locator("#announcer").InnerTextAsync()).Should().Contain("The end of it comes late");
    }

    [Fact]
    public async Task Stop_keeps_the_partial_answer_and_allows_the_next_message()
    {
        await using var host = await BrowserTestHost.RentAsync();
        await using var session = await BrowserSession.StartAsync(browser, host.Host);
        host.Model.AddFault(OpenAiFault.SilentAfter(4), times: 1);
        host.Model.Answer = _ => Long;
        await session.RegisterAsync();
        await session.SendAsync("Count");
        await session.LastAnswer.GetByText("first").WaitForAsync();

        await session.Page.Keyboard.PressAsync("Escape");
        await session.WaitForAnswerAsync();

        (await session.LastTurn.GetAttributeAsync("data-status")).Should().Be("completed");
        var partial = await session.LastAnswer.InnerTextAsync();
        partial.Should().StartWith("first").And.NotContain("twelfth");
        await session.Page.ReloadAsync();
        (await session.LastAnswer.InnerTextAsync()).Should().Be(partial);
        await session.AskAsync("Again");
        (await session.LastAnswer.InnerTextAsync()).Should().Be(Long);
    }

    [Fact]
    public async Task Failed_answer_shows_its_reason_and_can_be_retried_in_place()
    {
        await using var host = await BrowserTestHost.RentAsync();
        await using var session = await BrowserSession.StartAsync(browser, host.Host);
        host.Model.AddFault(OpenAiFault.Unauthorized);
        await session.RegisterAsync();

        await session.AskAsync("Hello there");

        var failure = session.LastTurn.Locator(".failure-text");
        (await failure.InnerTextAsync()).Should().Contain("rejected the API key").And.Contain("Your message is saved");
        await session.Page.ReloadAsync();
        (await failure.InnerTextAsync()).Should().Contain("rejected the API key");
        host.Model.ClearFaults();
        await session.LastTurn.Locator(".retry").ClickAsync();
        await session.LastAnswer.GetByText("You said: Hello there").WaitForAsync();
        await session.WaitForAnswerAsync();
        (await session.Turns.CountAsync()).Should().Be(1);
        (await failure.IsVisibleAsync()).Should().BeFalse();
    }

    [Fact]
    public async Task Broken_connection_is_reported_and_the_answer_still_arrives()
    {
        await using var host = await BrowserTestHost.RentAsync();
        using var proxy = new TcpProxy(host.Host.BaseAddress.Port);
        await using var session = await BrowserSession.StartAsync(browser, proxy.Address);
        session.ExpectError("ERR_INCOMPLETE_CHUNKED_ENCODING");
        session.ExpectError("ERR_EMPTY_RESPONSE");
        host.Model.TokenDelay = TimeSpan.FromMilliseconds(150);
        host.Model.Answer = _ => Long;
        await session.RegisterAsync();
        await session.SendAsync("Count");
        await session.LastAnswer.GetByText("first").WaitForAsync();

        proxy.CutConnections();

        await session.LastTurn.GetByText("Connection lost").WaitForAsync();
        await session.WaitForAnswerAsync();
        (await session.LastAnswer.InnerTextAsync()).Should().Be(Long);
    }

    [Fact]
    public async Task Page_reloaded_during_an_answer_waits_for_it()
    {
        await using var host = await BrowserTestHost.RentAsync();
        await using var session = await BrowserSession.StartAsync(browser, host.Host);
        host.Model.TokenDelay = TimeSpan.FromMilliseconds(250);
        host.Model.Answer = _ => Long;
        await session.RegisterAsync();
        await session.SendAsync("Count");
        await session.LastAnswer.GetByText("first").WaitForAsync();

        await session.Page.ReloadAsync();

        (await session.LastTurn.GetAttributeAsync("data-status")).Should().Be("pending");
        (await session.Page.Locator("#stop").IsVisibleAsync()).Should().BeTrue();
        await session.WaitForAnswerAsync();
        (await session.LastAnswer.InnerTextAsync()).Should().Be(Long);
    }

    [Fact]
    public async Task Page_follows_the_answer_only_while_the_reader_is_at_the_end()
    {
        await using var host = await BrowserTestHost.RentAsync();
        await using var session = await BrowserSession.StartAsync(browser, host.Host);
        host.Model.TokenDelay = TimeSpan.FromMilliseconds(20);
        host.Model.Answer = _ => string.Join("\n\n", Enumerable.Range(1, 80).Select(line => $"Line number {line}"));
        await session.RegisterAsync();
        await session.SendAsync("Many lines");
        await session.LastAnswer.GetByText("Line number 30", new() { Exact = true }).WaitForAsync();
        (await IsScrolledToEndAsync(session)).Should().BeTrue();

        await session.Page.Mouse.MoveAsync(700, 300);
        await session.Page.Mouse.WheelAsync(0, -4000);
        await session.Page.Locator("#scroll-to-end").WaitForAsync();
        await session.WaitForAnswerAsync();

        (await IsScrolledToEndAsync(session)).Should().BeFalse();
        await session.Page.ClickAsync("#scroll-to-end");
        (await IsScrolledToEndAsync(session)).Should().BeTrue();
        (await session.Page.Locator("#scroll-to-end").IsVisibleAsync()).Should().BeFalse();
    }

    private static Task<bool> IsScrolledToEndAsync(BrowserSession session) =>
        session.Page.EvaluateAsync<bool>("document.scrollingElement.scrollHeight - innerHeight - document.scrollingElement.scrollTop < 100");
}
