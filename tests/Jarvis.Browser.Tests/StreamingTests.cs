using Jarvis.TestSupport;
using Jarvis.TestSupport.StandIns;
using Microsoft.Playwright;

namespace Jarvis.Browser.Tests;

public sealed class StreamingTests(Browser browser)
{
    private const string Long = "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth";

    [Fact]
    public async Task Markdown_is_rendered_while_streaming_and_complete_at_the_end()
    {
        await using var stand = await BrowserTestHost.StartAsync();
        await using var visit = await BrowserSession.StartAsync(browser, stand.Host);
        stand.Model.Answer = _ => "# Title\n\nSome **bold** text.\n\n```csharp\nvar x = 1;\n```\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\nThe end of it comes late";
        stand.Model.TokenDelay = TimeSpan.FromMilliseconds(60);
        await visit.RegisterAsync();

        await visit.SendAsync("Show me");
        await visit.LastAnswer.Locator("strong", new() { HasText = "bold" }).WaitForAsync();
        var early = await visit.LastTurn.GetAttributeAsync("data-status");
        await visit.DoneAsync();

        early.Should().Be("pending");
        (await visit.LastAnswer.Locator("h3").InnerTextAsync()).Should().Be("Title");
        (await visit.LastAnswer.Locator(".code-head button").CountAsync()).Should().Be(1);
        (await visit.LastAnswer.Locator("table td").AllInnerTextsAsync()).Should().Equal("1", "2");
        (await visit.Page.Locator("#announcer").InnerTextAsync()).Should().Contain("The end of it comes late");
    }

    [Fact]
    public async Task Stop_keeps_the_partial_answer_and_allows_the_next_message()
    {
        await using var stand = await BrowserTestHost.StartAsync();
        await using var visit = await BrowserSession.StartAsync(browser, stand.Host);
        stand.Model.AddFault(OpenAiFault.SilentAfter(4), times: 1);
        stand.Model.Answer = _ => Long;
        await visit.RegisterAsync();
        await visit.SendAsync("Count");
        await visit.LastAnswer.GetByText("first").WaitForAsync();

        await visit.Page.Keyboard.PressAsync("Escape");
        await visit.DoneAsync();

        (await visit.LastTurn.GetAttributeAsync("data-status")).Should().Be("completed");
        var kept = await visit.LastAnswer.InnerTextAsync();
        kept.Should().StartWith("first").And.NotContain("twelfth");
        await visit.Page.ReloadAsync();
        (await visit.LastAnswer.InnerTextAsync()).Should().Be(kept);
        await visit.AskAsync("Again");
        (await visit.LastAnswer.InnerTextAsync()).Should().Be(Long);
    }

    [Fact]
    public async Task Failed_answer_shows_its_reason_and_can_be_retried_in_place()
    {
        await using var stand = await BrowserTestHost.StartAsync();
        await using var visit = await BrowserSession.StartAsync(browser, stand.Host);
        stand.Model.AddFault(OpenAiFault.Unauthorized);
        await visit.RegisterAsync();

        await visit.AskAsync("Hello there");

        var failure = visit.LastTurn.Locator(".failure-text");
        (await failure.InnerTextAsync()).Should().Contain("rejected the API key").And.Contain("Your message is saved");
        await visit.Page.ReloadAsync();
        (await failure.InnerTextAsync()).Should().Contain("rejected the API key");
        stand.Model.ClearFaults();
        await visit.LastTurn.Locator(".retry").ClickAsync();
        await visit.LastAnswer.GetByText("You said: Hello there").WaitForAsync();
        await visit.DoneAsync();
        (await visit.Turns.CountAsync()).Should().Be(1);
        (await failure.IsVisibleAsync()).Should().BeFalse();
    }

    [Fact]
    public async Task Broken_connection_is_reported_and_the_answer_still_arrives()
    {
        await using var stand = await BrowserTestHost.StartAsync();
        await using var relay = new DelayingTcpProxy(stand.Host.BaseAddress);
        await using var visit = await BrowserSession.StartAsync(browser, relay.Address);
        visit.ExpectError("ERR_INCOMPLETE_CHUNKED_ENCODING");
        visit.ExpectError("ERR_EMPTY_RESPONSE");
        stand.Model.TokenDelay = TimeSpan.FromMilliseconds(150);
        stand.Model.Answer = _ => Long;
        await visit.RegisterAsync();
        await visit.SendAsync("Count");
        await visit.LastAnswer.GetByText("first").WaitForAsync();

        relay.Cut();

        await visit.LastTurn.GetByText("Connection lost").WaitForAsync();
        await visit.DoneAsync();
        (await visit.LastAnswer.InnerTextAsync()).Should().Be(Long);
    }

    [Fact]
    public async Task Page_reloaded_during_an_answer_waits_for_it()
    {
        await using var stand = await BrowserTestHost.StartAsync();
        await using var visit = await BrowserSession.StartAsync(browser, stand.Host);
        stand.Model.TokenDelay = TimeSpan.FromMilliseconds(250);
        stand.Model.Answer = _ => Long;
        await visit.RegisterAsync();
        await visit.SendAsync("Count");
        await visit.LastAnswer.GetByText("first").WaitForAsync();

        await visit.Page.ReloadAsync();

        (await visit.LastTurn.GetAttributeAsync("data-status")).Should().Be("pending");
        (await visit.Page.Locator("#stop").IsVisibleAsync()).Should().BeTrue();
        await visit.DoneAsync();
        (await visit.LastAnswer.InnerTextAsync()).Should().Be(Long);
    }

    [Fact]
    public async Task The_page_follows_the_answer_only_while_the_reader_is_at_the_end()
    {
        await using var stand = await BrowserTestHost.StartAsync();
        await using var visit = await BrowserSession.StartAsync(browser, stand.Host);
        stand.Model.TokenDelay = TimeSpan.FromMilliseconds(20);
        stand.Model.Answer = _ => string.Join("\n\n", Enumerable.Range(1, 80).Select(line => $"Line number {line}"));
        await visit.RegisterAsync();
        await visit.SendAsync("Many lines");
        await visit.LastAnswer.GetByText("Line number 30", new() { Exact = true }).WaitForAsync();
        (await AtEndAsync(visit)).Should().BeTrue();

        await visit.Page.Mouse.MoveAsync(700, 300);
        await visit.Page.Mouse.WheelAsync(0, -4000);
        await visit.Page.Locator("#scroll-to-end").WaitForAsync();
        await visit.DoneAsync();

        (await AtEndAsync(visit)).Should().BeFalse();
        await visit.Page.ClickAsync("#scroll-to-end");
        (await AtEndAsync(visit)).Should().BeTrue();
        (await visit.Page.Locator("#scroll-to-end").IsVisibleAsync()).Should().BeFalse();
    }

    private static Task<bool> AtEndAsync(BrowserSession visit) =>
        visit.Page.EvaluateAsync<bool>("document.scrollingElement.scrollHeight - innerHeight - document.scrollingElement.scrollTop < 100");
}
