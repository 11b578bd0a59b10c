using System.Text;
using Microsoft.Playwright;

namespace Jarvis.Browser.Tests;

public sealed class ImportTests(Browser browser)
{
    private static readonly FilePayload Export = Json("""
        [{"conversation_id":"g1","title":"Pets & <b>names</b>","create_time":1700000000,"current_node":"a1","mapping":{
          "root":{"parent":null,"message":null},
          "u1":{"parent":"root","message":{"author":{"role":"user"},"create_time":1700000000,"content":{"content_type":"text","parts":["My dog is called Reksio"]}}},
          "a1":{"parent":"u1","message":{"author":{"role":"assistant"},"content":{"content_type":"text","parts":["A **fine** name."]}}}}}]
        """);

    [Theory]
    [InlineData("en-GB", true, "1 new message", "1 already here")]
    [InlineData("pl-PL", true, "1 nowa wiadomość", "1 już zapisana")]
    [InlineData("en-GB", false, "1 new message", "1 already here")]
    public async Task Conversations_are_imported_once_and_can_be_opened(string locale, bool scripts, string imported, string skipped)
    {
        var host = await SharedHosts.GetAsync();
        await using var session = await BrowserSession.StartAsync(browser, host, locale, scripts: scripts);
        await session.RegisterAsync();
        await session.Page.GotoAsync("/settings");
        await session.Page.ClickAsync("main a[href='/settings/import']");

        await SendAsync(session, Export);
        await session.Page.GetByText(imported).WaitForAsync();
        await session.Page.Locator("#conversations").GetByText("Pets & <b>names</b>").WaitForAsync();
        await SendAsync(session, Export);
        await session.Page.GetByText(skipped).WaitForAsync();
        await session.Page.Locator("#import-result a").ClickAsync();

        await session.LastTurn.WaitForAsync();
        (await session.LastTurn.Locator(".user-message").InnerTextAsync()).Should().Be("My dog is called Reksio");
        (await session.LastAnswer.Locator("strong").InnerTextAsync()).Should().Be("fine");
        (await session.Page.Locator("h1").InnerTextAsync()).Should().Be("Pets & <b>names</b>");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Invalid_file_is_explained_and_the_next_one_is_accepted(bool scripts)
    {
        var host = await SharedHosts.GetAsync();
        await using var session = await BrowserSession.StartAsync(browser, host, scripts: scripts);
        session.ExpectError("422");
        await session.RegisterAsync();
        await session.Page.GotoAsync("/settings/import");

        await SendAsync(session, Json("""[{"name":"something else"}]"""));
        await session.Page.GetByRole(AriaRole.Alert).GetByText("neither ChatGPT's").WaitForAsync();
        await SendAsync(session, Export);

        await session.Page.GetByText("1 new message").WaitForAsync();
    }

    private static FilePayload Json(string text) => new() { Name = "conversations.json", MimeType = "application/json", Buffer = Encoding.UTF8.GetBytes(text) };

    private static async Task SendAsync(BrowserSession session, FilePayload file)
    {
        await session.Page.SetInputFilesAsync("#file", file);
        await session.Page.ClickAsync("#import button");
    }
}
