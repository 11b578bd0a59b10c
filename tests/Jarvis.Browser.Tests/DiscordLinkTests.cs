using Jarvis.TestSupport;
using Jarvis.TestSupport.StandIns;
using Microsoft.Playwright;

namespace Jarvis.Browser.Tests;

public sealed class DiscordLinkTests(Browser browser)
{
    [Theory]
    [InlineData(ColorScheme.Light, 1280, true)]
    [InlineData(ColorScheme.Dark, 390, true)]
    [InlineData(ColorScheme.Light, 390, false)]
    public async Task Discord_account_is_linked_and_unlinked_with_and_without_scripts(ColorScheme look, int width, bool scripts)
    {
        await using var discord = await DiscordStandIn.StartAsync();
        discord.People = [DiscordPerson.New("Ada Lovelace")];
        await using var host = await JarvisHost.StartAsync([.. discord.Settings.Select(setting => (setting.Key, (string?)setting.Value))]);
        await using var visit = await BrowserSession.StartAsync(browser, host, look: look, width: width, scripts: scripts);
        visit.ExpectError($"another host: {discord.Root}");
        visit.ExpectError($"{discord.Root}favicon.ico");
        await visit.RegisterAsync();
        await visit.Page.GotoAsync("/settings#discord");

        await visit.Page.ClickAsync("#discord a[href='/discord/link']");
        await visit.Page.ClickAsync("text=Cancel");
        await visit.Page.GetByText("You didn't allow it in Discord").WaitForAsync();
        await visit.CheckAsync();
        await visit.Page.ClickAsync("#discord a[href='/discord/link']");
        await visit.Page.ClickAsync("text=Go on as Ada Lovelace");
        await visit.Page.GetByText("Your Discord account is linked.").WaitForAsync();
        await visit.CheckAsync();
        var address = visit.Page.Url;
        await visit.Page.ClickAsync("#discord button");
        await visit.Page.GetByText("no longer linked").WaitForAsync();

        address.Should().EndWith("/settings?discord=linked#discord", "no code stays in the address");
        (await visit.Page.Locator("#discord a[href='/discord/link']").CountAsync()).Should().Be(1);
    }
}
