using System.Collections.Concurrent;
using Jarvis.Testing;
using Microsoft.Playwright;

namespace Jarvis.Browser.Tests;

/// <summary>One person at one browser before one Jarvis. Watches for what must not happen on any page.</summary>
public sealed class Visit : IAsyncDisposable
{
    private const string Password = "correct horse battery";
    private readonly ConcurrentQueue<string> complaints = [];
    private readonly IBrowserContext context;

    private Visit(JarvisHost host, IBrowserContext context, IPage page) => (Host, this.context, Page) = (host, context, page);

    public JarvisHost Host { get; }

    public IPage Page { get; }

    public ILocator Prompt => Page.Locator("#prompt");

    public ILocator LastTurn => Page.Locator("#turns > .turn").Last;

    public ILocator LastAnswer => LastTurn.Locator(".answer");

    public static async Task<Visit> StartAsync(
        Browser browser,
        JarvisHost host,
        string locale = "en-GB",
        int width = 1280,
        int height = 800,
        ColorScheme look = ColorScheme.Light,
        bool scripts = true)
    {
        var context = await browser.NewContextAsync(new BrowserNewContextOptions
        {
            BaseURL = host.BaseAddress.ToString(),
            Locale = locale,
            ViewportSize = new ViewportSize { Width = width, Height = height },
            ColorScheme = look,
            JavaScriptEnabled = scripts,
            ReducedMotion = ReducedMotion.Reduce,
        });
        var visit = new Visit(host, context, await context.NewPageAsync());
        visit.Watch();

        return visit;
    }

    public async Task RegisterAsync(string name = "Anna")
    {
        await Page.GotoAsync("/account/register");
        await Page.FillAsync("#Username", name);
        await Page.FillAsync("#Email", $"{name.ToLowerInvariant()}@example.org");
        await Page.FillAsync("#Password", Password);
        await Page.ClickAsync("main button[type=submit]");
        await Page.WaitForURLAsync("**/");
        await Prompt.WaitForAsync();
    }

    public async Task SignInAsync(string name = "Anna")
    {
        await Page.FillAsync("#Login", name);
        await Page.FillAsync("#Password", Password);
        await Page.ClickAsync("main button[type=submit]");
    }

    /// <summary>Asks and waits for the answer, or for the failure.</summary>
    public async Task AskAsync(string prompt)
    {
        await SendAsync(prompt);
        await LastTurn.Locator("xpath=self::*[not(@data-status='pending')]").WaitForAsync();
    }

    public async Task SendAsync(string prompt)
    {
        var before = await Page.Locator("#turns > .turn").CountAsync();
        await Prompt.FillAsync(prompt);
        await Prompt.PressAsync("Enter");
        await Page.Locator("#turns > .turn").Nth(before).WaitForAsync();
    }

    public Task NewChatAsync() => Page.GotoAsync("/");

    /// <summary>What a test caused on purpose and does not want to hear of.</summary>
    public void Expect(string part) => expected.Add(part);

    private readonly ConcurrentBag<string> expected = [];

    /// <summary>Errors on the console, refused by the security policy or thrown, and requests to other hosts.</summary>
    public IReadOnlyList<string> Complaints => [.. complaints.Where(complaint => !expected.Any(complaint.Contains))];

    public async ValueTask DisposeAsync()
    {
        await context.CloseAsync();
        Complaints.Should().BeEmpty("no page may complain or ask another host");
    }

    private void Watch()
    {
        Page.SetDefaultTimeout(15_000);
        Page.Console += (_, message) =>
        {
            if (message.Type is "error" or "warning")
            {
                complaints.Enqueue($"{message.Type}: {message.Text} ({message.Location})");
            }
        };
        Page.PageError += (_, error) => complaints.Enqueue("thrown: " + error);
        Page.Dialog += async (_, dialog) =>
        {
            complaints.Enqueue("dialog: " + dialog.Message);
            await dialog.DismissAsync();
        };
        Page.Request += (_, request) =>
        {
            var address = new Uri(request.Url);
            if (address.Scheme is not "data" and not "blob" && address.Authority != Host.BaseAddress.Authority)
            {
                complaints.Enqueue("another host: " + request.Url);
            }
        };
    }
}
