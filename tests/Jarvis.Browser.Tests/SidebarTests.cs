using Jarvis.TestSupport;
using Microsoft.Playwright;

namespace Jarvis.Browser.Tests;

public sealed class SidebarTests(Browser browser, HostFixture fixture) : IClassFixture<HostFixture>
{
    [Fact]
    public async Task A_conversation_is_found_renamed_and_deleted()
    {
        await using var visit = await BrowserSession.StartAsync(browser, await fixture.HostAsync());
        await visit.RegisterAsync();
        await visit.AskAsync("Apples are red");
        await visit.NewChatAsync();
        await visit.AskAsync("Bananas are yellow");
        var rows = visit.Page.Locator("#conversations li");
        await rows.Nth(1).WaitForAsync();

        await visit.Page.Keyboard.PressAsync("Control+k");
        await visit.Page.Keyboard.TypeAsync("apples");
        await visit.Page.Locator("#conversations:not(:has-text('Bananas'))").WaitForAsync();
        (await rows.AllInnerTextsAsync()).Should().Equal("Apples are red");

        await OptionsAsync(visit, "rename");
        await visit.Page.FillAsync("#rename-title", "Fruit");
        await visit.Page.Keyboard.PressAsync("Enter");
        await rows.GetByText("Fruit").WaitForAsync();

        await OptionsAsync(visit, "delete");
        await visit.Page.ClickAsync("#delete-dialog .danger");
        await visit.Page.Locator("#conversations-empty").WaitForAsync();
        await visit.Page.ReloadAsync();
        (await rows.AllInnerTextsAsync()).Should().Equal("Bananas are yellow");
        (await visit.Page.Locator(".day").AllInnerTextsAsync()).Should().Equal("Today");
    }

    [Fact]
    public async Task Deleting_a_chat_can_also_forget_its_memories()
    {
        await using var visit = await BrowserSession.StartAsync(browser, await fixture.HostAsync());
        await visit.RegisterAsync();
        await visit.AskAsync("My dog is called Reksio");
        await visit.RememberedAsync();

        await OptionsAsync(visit, "delete");
        await visit.Page.GetByLabel("Also forget what Jarvis learned from this chat").CheckAsync();
        await visit.Page.ClickAsync("#delete-dialog .danger");
        await visit.Page.WaitForURLAsync("**/");
        await visit.Page.GotoAsync("/memories");

        (await visit.Page.Locator(".memory").CountAsync()).Should().Be(0);
        (await visit.Page.Locator("main .empty").InnerTextAsync()).Should().Contain("Nothing yet");
    }

    [Fact]
    public async Task Rail_on_a_phone_is_a_drawer_that_traps_and_restores_focus()
    {
        await using var visit = await BrowserSession.StartAsync(browser, await fixture.HostAsync(), width: 390, height: 844);
        await visit.RegisterAsync();
        var rail = visit.Page.Locator("#sidebar");
        (await rail.IsVisibleAsync()).Should().BeFalse();

        await visit.Page.ClickAsync(".drawer-open");
        (await rail.IsVisibleAsync()).Should().BeTrue();
        (await visit.Page.EvaluateAsync<bool>("document.getElementById('sidebar').contains(document.activeElement)")).Should().BeTrue();
        for (var i = 0; i < 12; i++)
        {
            await visit.Page.Keyboard.PressAsync("Tab");
            (await visit.Page.EvaluateAsync<bool>("document.querySelector('main').contains(document.activeElement)")).Should().BeFalse();
        }

        await visit.Page.Keyboard.PressAsync("Escape");
        (await rail.IsVisibleAsync()).Should().BeFalse();
        (await visit.Page.EvaluateAsync<string>("document.activeElement.className")).Should().Contain("drawer-open");
        (await visit.Page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= innerWidth")).Should().BeTrue();
    }

    [Fact]
    public async Task Controls_are_reachable_by_Tab_with_visible_focus()
    {
        await using var visit = await BrowserSession.StartAsync(browser, await fixture.HostAsync());
        await visit.RegisterAsync();
        await visit.AskAsync("My dog is called Reksio");
        await visit.RememberedAsync();
        await visit.NewChatAsync();
        await visit.AskAsync("What is my dog called?");
        await visit.Page.ReloadAsync();
        await visit.Page.Locator("#conversations .options").First.WaitForAsync(new() { State = WaitForSelectorState.Attached });
        await visit.Page.FocusAsync(".skip-link");

        var reached = new List<string>();
        for (var i = 0; i < 30; i++)
        {
            var (name, seen) = (await FocusAsync(visit, "e.id || e.className || e.textContent.trim()"), await FocusAsync(visit, Seen));
            if (name == "BODY" || (reached.Count > 0 && name == reached[0]))
            {
                break;
            }

            seen.Should().Be("true", name);
            reached.Add(name);
            await visit.Page.Keyboard.PressAsync("Tab");
        }

        reached.Should().Contain(["skip-link", "brand", "new-chat", "sidebar-search", "options", "panel-toggle", "tool copy script-only", "tool", "prompt", "model"]);
    }

    [Fact]
    public async Task New_chat_and_menus_work_with_the_keyboard()
    {
        await using var visit = await BrowserSession.StartAsync(browser, await fixture.HostAsync());
        await visit.RegisterAsync();
        await visit.AskAsync("Hello");

        await visit.Page.Locator("#conversations .options").FocusAsync();
        await visit.Page.Keyboard.PressAsync("Enter");
        (await FocusAsync(visit, "e.dataset.action")).Should().Be("rename");
        await visit.Page.Keyboard.PressAsync("Escape");
        (await FocusAsync(visit, "e.className")).Should().Be("options");
        await visit.Page.Locator("#panel-toggle").FocusAsync();
        await visit.Page.Keyboard.PressAsync("Enter");
        await visit.Page.Locator("#memory-status-text").GetByText("Up to date").WaitForAsync();
        await visit.Page.Keyboard.PressAsync("Escape");
        (await FocusAsync(visit, "e.id")).Should().Be("panel-toggle");
        await visit.Page.Keyboard.PressAsync("Control+Shift+O");

        await visit.Page.WaitForURLAsync("**/");
        (await FocusAsync(visit, "e.id")).Should().Be("prompt");
    }

    private const string Seen =
        "String([e, e.closest('.composer')].some(x => x && (getComputedStyle(x).outlineStyle !== 'none')) && e.getBoundingClientRect().width > 1)";

    private static Task<string> FocusAsync(BrowserSession visit, string what) =>
        visit.Page.EvaluateAsync<string>($"(() => {{ const e = document.activeElement; return e === document.body ? 'BODY' : ({what}); }})()");

    private static async Task OptionsAsync(BrowserSession visit, string deed)
    {
        await visit.Page.Locator("#conversations li").First.HoverAsync();
        await visit.Page.Locator("#conversations .options").First.ClickAsync();
        await visit.Page.ClickAsync($"[data-action={deed}]");
    }
}
