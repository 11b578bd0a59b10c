using Microsoft.Playwright;

namespace Jarvis.Browser.Tests;

public sealed class DiscordLinkTests(Browser browser)
{
    [Theory]
    [InlineData(ColorScheme.Light, 1280, true)]
    [InlineData(ColorScheme.Dark, 390, true)]
    [InlineData(ColorScheme.Light, 390, false)]
    public async Task Discord_account_is_linked_and_unlinked_with_and_without_scripts(ColorScheme colorScheme, int width, bool scripts)
    {
        await using var discord = await DiscordStandIn.StartAsync();
        discord.People = [DiscordPerson.New("Ada Lovelace")];
        await using var host = await JarvisHost.StartAsync([.. discord.Settings.Select(setting => (setting.Key, (string?)setting.Value))]);
        await using var session = await BrowserSession.StartAsync(browser, host, colorScheme: colorScheme, width: width, scripts: scripts);
        session.ExpectError($"another host: {discord.Root}");
        session.ExpectError($"{discord.Root}favicon.ico");
        await session.RegisterAsync();
        await session.Page.GotoAsync("/settings#discord");

        await session.Page.ClickAsync("#discord a[href='/discord/link']");
        await session.Page.ClickAsync("text=Cancel");
        await session.Page.GetByText("You didn't allow it in Discord").WaitForAsync();
        await session.CheckAsync();
        await session.Page.ClickAsync("#discord a[href='/discord/link']");
        await session.Page.ClickAsync("text=Continue as Ada Lovelace");
        await session.Page.GetByText("Your Discord account is linked.").WaitForAsync();
        await session.CheckAsync();
        var address = session.Page.Url;
        await session.Page.ClickAsync("#discord button");
        await session.Page.GetByText("no longer linked").WaitForAsync();

        address.Should().EndWith("/settings?discord=linked#discord", "the URL contains no code");
        (await session.Page.Locator("#discord a[href='/discord/link']").CountAsync()).Should().Be(1);
    }
}
