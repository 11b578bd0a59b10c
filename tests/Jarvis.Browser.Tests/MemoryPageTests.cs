using Jarvis.TestSupport;
using Microsoft.Playwright;

namespace Jarvis.Browser.Tests;

public sealed class MemoryPageTests(Browser browser)
{
    [Fact]
    public async Task Citation_link_opens_and_highlights_an_old_turn()
    {
        var host = await SharedHosts.GetAsync();
        await using var visit = await BrowserSession.StartAsync(browser, host);
        await visit.RegisterAsync();
        await visit.AskAsync("My dog is called Reksio");
        var conversation = await visit.Page.Locator("main").GetAttributeAsync("data-conversation");
        for (var said = 0; said < 55; said++)
        {
            await visit.Page.EvaluateAsync(
                """
                ([conversationId, prompt]) => fetch('/chat/ask', { method: 'POST', body: JSON.stringify({ conversationId, prompt }), headers: {
                    'Content-Type': 'application/json', 'X-CSRF-TOKEN': document.querySelector('meta[name="csrf-token"]').content } })
                """,
                new[] { conversation, $"Sentence {said}" });
        }

        await visit.NewChatAsync();
        await visit.AskAsync("What is my dog called?");
        await visit.LastTurn.Locator(".citations > summary").ClickAsync();
        await visit.LastTurn.Locator(".citations a").First.ClickAsync();

        await visit.Page.WaitForURLAsync("**?turn=*#turn-*");
        var marked = visit.Page.Locator(".turn:target");
        (await marked.Locator(".user-message").InnerTextAsync()).Should().Be("My dog is called Reksio");
        (await marked.EvaluateAsync<bool>("turn => turn.getBoundingClientRect().top >= 0 && turn.getBoundingClientRect().top < innerHeight")).Should().BeTrue();
        await visit.Page.GetByText("Show the latest messages").ClickAsync();
        await visit.Page.GetByText("Sentence 54", new() { Exact = true }).First.WaitForAsync();
    }

    [Theory]
    [InlineData("en-GB", "this chat is without memory", "up to date")]
    [InlineData("pl-PL", "ta rozmowa jest bez pamięci", "zapamiętane")]
    public async Task Chat_without_memory_is_labelled_and_unknown_to_the_next_chat(string locale, string said, string upToDate)
    {
        var host = await SharedHosts.GetAsync();
        await using var visit = await BrowserSession.StartAsync(browser, host, locale);
        await visit.RegisterAsync();

        await visit.Page.Locator("#without-memory").CheckAsync();
        await visit.AskAsync("My dog is called Reksio");
        await visit.Page.Locator("#without-memory-badge").WaitForAsync();
        await visit.AskAsync("Jak nazywa się mój pies? What is my dog called?");
        await visit.LastTurn.Locator(".citations > summary").ClickAsync();

        (await visit.LastTurn.Locator(".citations-summary").InnerTextAsync()).Should().Contain(said);
        (await visit.Page.Locator("#memory-status").IsVisibleAsync()).Should().BeFalse();
        await visit.Page.Locator(".conversations .no-memory").WaitForAsync();
        await visit.Page.ReloadAsync();
        await visit.Page.Locator("#without-memory-badge").WaitForAsync();
        await visit.NewChatAsync();
        await visit.AskAsync("What is my dog called?");
        (await visit.LastAnswer.InnerTextAsync()).Should().NotContain("Reksio");
        await visit.Page.Locator("#memory-status", new() { HasText = upToDate }).WaitForAsync();
    }

    [Fact]
    public async Task Memory_indicator_shows_unread_messages_without_a_reload()
    {
        await using var host = await JarvisHost.StartAsync();
        await using var visit = await BrowserSession.StartAsync(browser, host);
        await visit.RegisterAsync();
        await host.StopWorkerAsync();

        await visit.AskAsync("My dog is called Reksio");

        await visit.Page.Locator("#memory-status", new() { HasText = "1 to read" }).WaitForAsync();
        await visit.Page.ClickAsync("#panel-toggle");
        await visit.Page.GetByText("1 message is waiting to be read.").WaitForAsync();
    }

    [Fact]
    public async Task Memory_links_to_its_history_and_forgotten_citation_is_marked()
    {
        var host = await SharedHosts.GetAsync();
        await using var visit = await BrowserSession.StartAsync(browser, host);
        await visit.RegisterAsync();
        await visit.AskAsync("I live in Gdańsk");
        await visit.RememberedAsync();
        await visit.AskAsync("I moved to Perth");
        await visit.RememberedAsync();
        await visit.NewChatAsync();
        await visit.AskAsync("Where do I live?");
        var asked = new Uri(visit.Page.Url).AbsolutePath;

        await visit.Page.GotoAsync("/memories");
        await visit.Page.Locator(".lineage a", new() { HasText = "I live in Gdańsk" }).ClickAsync();
        await visit.Page.WaitForURLAsync("**/memories?history=*");
        (await visit.Page.Locator(".memory").CountAsync()).Should().Be(2);
        await visit.Page.GotoAsync("/memories");
        var perth = visit.Page.Locator(".memory", new() { HasText = "I moved to Perth" });
        await perth.Locator("details").Last.Locator("summary").ClickAsync();
        await perth.GetByText("Your messages stay").WaitForAsync();
        await perth.Locator("details[open] .danger").ClickAsync();

        await visit.Page.GetByText("Forgotten permanently.").WaitForAsync();
        await visit.Page.GotoAsync(asked);
        await visit.LastTurn.Locator(".citations > summary").ClickAsync();
        await visit.LastTurn.GetByText("A memory you have since removed.").First.WaitForAsync();
    }

    [Fact]
    public async Task Memories_are_exported_and_imported_without_scripts()
    {
        var host = await SharedHosts.GetAsync();
        await using var visit = await BrowserSession.StartAsync(browser, host, scripts: false);
        await visit.RegisterAsync();
        await visit.Prompt.FillAsync("My dog is called Reksio");
        await visit.Page.ClickAsync("#send");
        await visit.Page.WaitForURLAsync("**/chat/*");
        await visit.RememberedAsync();
        await visit.Page.GotoAsync("/memories");

        var download = await visit.Page.RunAndWaitForDownloadAsync(() => visit.Page.GetByText("Export as JSON").ClickAsync());
        await visit.Page.SetInputFilesAsync("#import-file", await download.PathAsync());
        await visit.Page.GetByText("Import", new() { Exact = true }).ClickAsync();

        await visit.Page.GetByText("0 memories imported, 1 already known").WaitForAsync();
    }
}
