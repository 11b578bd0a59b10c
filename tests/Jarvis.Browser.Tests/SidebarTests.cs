using Microsoft.Playwright;

namespace Jarvis.Browser.Tests;

public sealed class SidebarTests(Browser browser, HostFixture fixture) : IClassFixture<HostFixture>
{
    [Fact]
    public async Task Conversation_is_found_renamed_and_deleted()
    {
        await using var session = await BrowserSession.StartAsync(browser, await fixture.HostAsync());
        await session.RegisterAsync();
        await session.AskAsync("Apples are red");
        await session.NewChatAsync();
        await session.AskAsync("Bananas are yellow");
        var rows = session.Page.Locator("#conversations li");
        await rows.Nth(1).WaitForAsync();

        await session.Page.Keyboard.PressAsync("Control+k");
        await session.Page.Keyboard.TypeAsync("apples");
        await session.Page.Locator("#conversations:not(:has-text('Bananas'))").WaitForAsync();
        (await rows.AllInnerTextsAsync()).Should().Equal("Apples are red");

        await OptionsAsync(session, "rename");
        await session.Page.FillAsync("#rename-title", "Fruit");
        await session.Page.Keyboard.PressAsync("Enter");
        await rows.GetByText("Fruit").WaitForAsync();

        await OptionsAsync(session, "delete");
        await session.Page.ClickAsync("#delete-dialog .danger");
        await session.Page.Locator("#conversations-empty").WaitForAsync();
        await session.Page.ReloadAsync();
        (await rows.AllInnerTextsAsync()).Should().Equal("Bananas are yellow");
        (await session.Page.Locator(".day").AllInnerTextsAsync()).Should().Equal("Today");
    }

    [Fact]
    public async Task Deleting_a_chat_can_also_forget_its_memories()
    {
        await using var session = await BrowserSession.StartAsync(browser, await fixture.HostAsync());
        await session.RegisterAsync();
        await session.AskAsync("My dog is called Reksio");
        await session.WaitForMemoryAsync();

        await OptionsAsync(session, "delete");
        await session.Page.GetByLabel("Also forget what Jarvis learned from this chat").CheckAsync();
        await session.Page.ClickAsync("#delete-dialog .danger");
        await session.Page.WaitForURLAsync("**/");
        await session.Page.GotoAsync("/memories");

        (await session.Page.Locator(".memory").CountAsync()).Should().Be(0);
        (await session.Page.Locator("main .empty").InnerTextAsync()).Should().Contain("Nothing yet");
    }

    [Fact]
    public async Task Sidebar_on_a_phone_is_a_drawer_that_traps_and_restores_focus()
    {
        await using var session = await BrowserSession.StartAsync(browser, await fixture.HostAsync(), width: 390, height: 844);
        await session.RegisterAsync();
        var sidebar = session.Page.Locator("#sidebar");
        (await sidebar.IsVisibleAsync()).Should().BeFalse();

        await session.Page.ClickAsync(".drawer-open");
        (await sidebar.IsVisibleAsync()).Should().BeTrue();
        (await session.Page.EvaluateAsync<bool>("document.getElementById('sidebar').contains(document.activeElement)")).Should().BeTrue();
        for (var i = 0; i < 12; i++)
        {
            await session.Page.Keyboard.PressAsync("Tab");
            (await session.Page.EvaluateAsync<bool>("document.querySelector('main').contains(document.activeElement)")).Should().BeFalse();
        }

        await session.Page.Keyboard.PressAsync("Escape");
        (await sidebar.IsVisibleAsync()).Should().BeFalse();
        (await session.Page.EvaluateAsync<string>("document.activeElement.className")).Should().Contain("drawer-open");
        (await session.Page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= innerWidth")).Should().BeTrue();
    }

    [Fact]
    public async Task Controls_are_reachable_by_Tab_with_visible_focus()
    {
        await using var session = await BrowserSession.StartAsync(browser, await fixture.HostAsync());
        await session.RegisterAsync();
        await session.AskAsync("My dog is called Reksio");
        await session.WaitForMemoryAsync();
        await session.NewChatAsync();
        await session.AskAsync("What is my dog called?");
        await session.Page.ReloadAsync();
        await session.Page.Locator("#conversations .options").First.WaitForAsync(new() { State = WaitForSelectorState.Attached });
        await session.Page.FocusAsync(".skip-link");

        var reached = new List<string>();
        for (var i = 0; i < 30; i++)
        {
            var (name, isVisible) = (await FocusAsync(session, "e.id || e.className || e.textContent.trim()"), await FocusAsync(session, IsVisible));
            if (name == "BODY" || (reached.Count > 0 && name == reached[0]))
            {
                break;
            }

            isVisible.Should().Be("true", name);
            reached.Add(name);
            await session.Page.Keyboard.PressAsync("Tab");
        }

        reached.Should().Contain(["skip-link", "brand", "new-chat", "sidebar-search", "options", "panel-toggle", "tool copy script-only", "tool", "prompt", "model"]);
    }

    [Fact]
    public async Task New_chat_and_menus_work_with_the_keyboard()
    {
        await using var session = await BrowserSession.StartAsync(browser, await fixture.HostAsync());
        await session.RegisterAsync();
        await session.AskAsync("Hello");

        await session.Page.Locator("#conversations .options").FocusAsync();
        await session.Page.Keyboard.PressAsync("Enter");
        (await FocusAsync(session, "e.dataset.action")).Should().Be("rename");
        await session.Page.Keyboard.PressAsync("Escape");
        (await FocusAsync(session, "e.className")).Should().Be("options");
        await session.Page.Locator("#panel-toggle").FocusAsync();
        await session.Page.Keyboard.PressAsync("Enter");
        await session.Page.Locator("#memory-status-text").GetByText("Up to date").WaitForAsync();
        await session.Page.Keyboard.PressAsync("Escape");
        (await FocusAsync(session, "e.id")).Should().Be("panel-toggle");
        await session.Page.Keyboard.PressAsync("Control+Shift+O");

        await session.Page.WaitForURLAsync("**/");
        (await FocusAsync(session, "e.id")).Should().Be("prompt");
    }

    private const string IsVisible =
        "String([e, e.closest('.composer')].some(x => x && (getComputedStyle(x).outlineStyle !== 'none')) && e.getBoundingClientRect().width > 1)";

    private static Task<string> FocusAsync(BrowserSession session, string expression) =>
        session.Page.EvaluateAsync<string>($"(() => {{ const e = document.activeElement; return e === document.body ? 'BODY' : ({expression}); }})()");

    private static async Task OptionsAsync(BrowserSession session, string action)
    {
        await session.Page.Locator("#conversations li").First.HoverAsync();
        await session.Page.Locator("#conversations .options").First.ClickAsync();
        await session.Page.ClickAsync($"[data-action={action}]");
    }
}
