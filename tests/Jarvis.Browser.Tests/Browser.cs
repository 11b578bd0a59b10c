using Microsoft.Playwright;

[assembly: AssemblyFixture(typeof(Jarvis.Browser.Tests.Browser))]
[assembly: AssemblyFixture(typeof(SharedRealServices))]

namespace Jarvis.Browser.Tests;

/// <summary>One Chromium for all tests; each page has its own profile.</summary>
public sealed class Browser : IAsyncLifetime
{
    private IPlaywright? playwright;
    private IBrowser? chromium;

    public async ValueTask InitializeAsync()
    {
        playwright = await Playwright.CreateAsync();
        chromium = await playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = Environment.GetEnvironmentVariable("JARVIS_CHROMIUM") ?? "/usr/bin/chromium-headless-shell",
            Args = ["--no-sandbox", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run"],
        });
    }

    public async Task<IBrowserContext> NewContextAsync(BrowserNewContextOptions options) => await chromium!.NewContextAsync(options);

    public async ValueTask DisposeAsync()
    {
        await chromium!.DisposeAsync();
        playwright!.Dispose();
    }
}
