using Microsoft.Playwright;

namespace Jarvis.Browser.Tests;

public sealed class MemoryPageTests(Browser browser)
{
    [Fact]
    public async Task Citation_link_opens_and_highlights_an_old_turn()
    {
        var host = await SharedHosts.GetAsync();
        await using var session = await BrowserSession.StartAsync(browser, host);
        await session.RegisterAsync();
        await session.AskAsync("My dog is called Reksio");
        var conversation = await session.Page.Locator("main").GetAttributeAsync("data-conversation");
        for (var answerNote = 0; answerNote < 55; answerNote++)
        {
            await session.Page.EvaluateAsync(
                """
                ([conversationId, prompt]) => fetch('/chat/ask', { method: 'POST', body: JSON.stringify({ conversationId, prompt }), headers: {
                    'Content-Type': 'application/json', 'X-CSRF-TOKEN': document.querySelector('meta[name="csrf-token"]').content } })
                """,
                new[] { conversation, $"Sentence {answerNote}" });
        }

        await session.NewChatAsync();
        await session.AskAsync("What is my dog called?");
        await session.LastTurn.Locator(".citations > summary").ClickAsync();
        await session.LastTurn.Locator(".citations a").First.ClickAsync();

        await session.Page.WaitForURLAsync("**?turn=*#turn-*");
        var marked = session.Page.Locator(".turn:target");
        (await marked.Locator(".user-message").InnerTextAsync()).Should().Be("My dog is called Reksio");
        (await marked.EvaluateAsync<bool>("turn => turn.getBoundingClientRect().top >= 0 && turn.getBoundingClientRect().top < innerHeight")).Should().BeTrue();
        await session.Page.GetByText("Show the latest messages").ClickAsync();
        await session.Page.GetByText("Sentence 54", new() { Exact = true }).First.WaitForAsync();
    }

    [Theory]
    [InlineData("en-GB", "this chat is without memory", "up to date")]
    [InlineData("pl-PL", "ta rozmowa jest bez pamięci", "zapamiętane")]
    public async Task Chat_without_memory_is_labelled_and_unknown_to_the_next_chat(string locale, string answerNote, string upToDate)
    {
        var host = await SharedHosts.GetAsync();
        await using var session = await BrowserSession.StartAsync(browser, host, locale);
        await session.RegisterAsync();

        await session.Page.Locator("#without-memory").CheckAsync();
        await session.AskAsync("My dog is called Reksio");
        await session.Page.Locator("#without-memory-badge").WaitForAsync();
        await session.AskAsync("Jak nazywa się mój pies? What is my dog called?");
        await session.LastTurn.Locator(".citations > summary").ClickAsync();

        (await session.LastTurn.Locator(".citations-summary").InnerTextAsync()).Should().Contain(answerNote);
        (await session.Page.Locator("#memory-status").IsVisibleAsync()).Should().BeFalse();
        await session.Page.Locator(".conversations .no-memory").WaitForAsync();
        await session.Page.ReloadAsync();
        await session.Page.Locator("#without-memory-badge").WaitForAsync();
        await session.NewChatAsync();
        await session.AskAsync("What is my dog called?");
        (await session.LastAnswer.InnerTextAsync()).Should().NotContain("Reksio");
        await session.Page.Locator("#memory-status", new() { HasText = upToDate }).WaitForAsync();
    }

    [Fact]
    public async Task Memory_indicator_shows_unread_messages_without_a_reload()
    {
        await using var host = await JarvisHost.StartAsync();
        await using var session = await BrowserSession.StartAsync(browser, host);
        await session.RegisterAsync();
        await host.StopWorkerAsync();

        await session.AskAsync("My dog is called Reksio");

        await session.Page.Locator("#memory-status", new() { HasText = "1 to read" }).WaitForAsync();
        await session.Page.ClickAsync("#panel-toggle");
        await session.Page.GetByText("1 message is waiting to be read.").WaitForAsync();
    }

    [Fact]
    public async Task Memory_links_to_its_history_and_forgotten_citation_is_marked()
    {
        var host = await SharedHosts.GetAsync();
        await using var session = await BrowserSession.StartAsync(browser, host);
        await session.RegisterAsync();
        await session.AskAsync("I live in Gdańsk");
        await session.WaitForMemoryAsync();
        await session.AskAsync("I moved to Perth");
        await session.WaitForMemoryAsync();
        await session.NewChatAsync();
        await session.AskAsync("Where do I live?");
        var chat = new Uri(session.Page.Url).AbsolutePath;

        await session.Page.GotoAsync("/memories");
        await session.Page.Locator(".lineage a", new() { HasText = "I live in Gdańsk" }).ClickAsync();
        await session.Page.WaitForURLAsync("**/memories?history=*");
        (await session.Page.Locator(".memory").CountAsync()).Should().Be(2);
        await session.Page.GotoAsync("/memories");
        var perth = session.Page.Locator(".memory", new() { HasText = "I moved to Perth" });
        await perth.Locator("details").Last.Locator("summary").ClickAsync();
        await perth.GetByText("Your messages stay").WaitForAsync();
        await perth.Locator("details[open] .danger").ClickAsync();

        await session.Page.GetByText("Forgotten permanently.").WaitForAsync();
        await session.Page.GotoAsync(chat);
        await session.LastTurn.Locator(".citations > summary").ClickAsync();
        await session.LastTurn.GetByText("A memory you have since removed.").First.WaitForAsync();
    }

    [Fact]
    public async Task Memories_are_exported_and_imported_without_scripts()
    {
        var host = await SharedHosts.GetAsync();
        await using var session = await BrowserSession.StartAsync(browser, host, scripts: false);
        await session.RegisterAsync();
        await session.Prompt.FillAsync("My dog is called Reksio");
        await session.Page.ClickAsync("#send");
        await session.Page.WaitForURLAsync("**/chat/*");
        await session.WaitForMemoryAsync();
        await session.Page.GotoAsync("/memories");

        var download = await session.Page.RunAndWaitForDownloadAsync(() => session.Page.GetByText("Export as JSON").ClickAsync());
        await session.Page.SetInputFilesAsync("#import-file", await download.PathAsync());
        await session.Page.GetByText("Import", new() { Exact = true }).ClickAsync();

        await session.Page.GetByText("0 memories imported, 1 already known").WaitForAsync();
    }
}
