using System.Collections.Concurrent;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace Jarvis.Browser.Tests;

/// <summary>Browser session of one user. Records violations that no page may cause.</summary>
public sealed class BrowserSession : IAsyncDisposable
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(30);

    private readonly ConcurrentQueue<string> errors = [];
    private readonly ConcurrentBag<string> expected = [];
    private readonly Uri address;
    private readonly bool scripts;

    private BrowserSession(Uri address, IBrowserContext context, IPage page, bool scripts) =>
        (this.address, Context, Page, this.scripts) = (address, context, page, scripts);

    public IBrowserContext Context { get; }

    public IPage Page { get; }

    public ILocator Prompt => Page.Locator("#prompt");

    public ILocator Turns => Page.Locator("#turns > .turn");

    public ILocator LastTurn => Turns.Last;

    public ILocator LastAnswer => LastTurn.Locator(".answer");

    /// <summary>Console errors, violations of the security policy, exceptions, dialogs and requests to other hosts.</summary>
    public IReadOnlyList<string> Errors => [.. errors.Where(complaint => !expected.Any(complaint.Contains))];

    public static Task<BrowserSession> StartAsync(
        Browser browser,
        JarvisHost host,
        string locale = "en-GB",
        int width = 1280,
        int height = 800,
        ColorScheme colorScheme = ColorScheme.Light,
        bool scripts = true) => StartAsync(browser, host.BaseAddress, locale, width, height, colorScheme, scripts);

    public static async Task<BrowserSession> StartAsync(
        Browser browser,
        Uri address,
        string locale = "en-GB",
        int width = 1280,
        int height = 800,
        ColorScheme colorScheme = ColorScheme.Light,
        bool scripts = true)
    {
        var context = await browser.NewContextAsync(new BrowserNewContextOptions
        {
            BaseURL = address.ToString(),
            Locale = locale,
            ViewportSize = new ViewportSize { Width = width, Height = height },
            ColorScheme = colorScheme,
            JavaScriptEnabled = scripts,
            ReducedMotion = ReducedMotion.Reduce,
        });
        context.SetDefaultTimeout((float)Timeout.TotalMilliseconds);
        var session = new BrowserSession(address, context, await context.NewPageAsync(), scripts);
        session.Watch();

        return session;
    }

    /// <summary>Registers an account with the form and opens the first chat.</summary>
    public async Task RegisterAsync(string? name = null)
    {
        name ??= "anna-" + Guid.NewGuid().ToString("N")[..8];
        await Page.GotoAsync("/account/register");
        await Page.FillAsync("#Username", name);
        await Page.FillAsync("#Email", $"{name}@example.org");
        await Page.FillAsync("#Password", Secrets.Password);
        await Page.ClickAsync("main button[type=submit]");
        await ReadyAsync();
    }

    public async Task SignInAsync(string name)
    {
        await Page.FillAsync("#Login", name);
        await Page.FillAsync("#Password", Secrets.Password);
        await Page.ClickAsync("main button[type=submit]");
    }

    public Task NewChatAsync() => Page.GotoAsync("/");

    /// <summary>Asks and waits until the turn is completed or failed.</summary>
    public async Task AskAsync(string prompt)
    {
        await SendAsync(prompt);
        await WaitForAnswerAsync();
    }

    public async Task SendAsync(string prompt)
    {
        await ReadyAsync();
        var before = await Turns.CountAsync();
        await Prompt.FillAsync(prompt);
        await Prompt.PressAsync("Enter");
        await Turns.Nth(before).WaitForAsync();
    }

    /// <summary>Waits until the page is loaded and its scripts have run.</summary>
    public async Task ReadyAsync()
    {
        await Prompt.WaitForAsync();
        if (scripts)
        {
            // The composer hides its counter by script, which makes it the first visible effect.
            await Page.Locator("#character-count[hidden]").WaitForAsync(new() { State = WaitForSelectorState.Attached });
        }
    }

    /// <summary>Waits until the last turn is no longer pending.</summary>
    public Task WaitForAnswerAsync() => Page.Locator("#turns > .turn:last-child:not([data-status='pending'])").WaitForAsync();

    /// <summary>Waits until memory has read this chat.</summary>
    public async Task WaitForMemoryAsync()
    {
        var conversation = await Page.Locator("main").GetAttributeAsync("data-conversation");
        for (var deadline = Environment.TickCount64 + Timeout.TotalMilliseconds; Environment.TickCount64 < deadline; await Task.Delay(100))
        {
            var answer = await Context.APIRequest.GetAsync($"{address}memory/status?conversationId={conversation}");
            var status = (await answer.JsonAsync())!.Value;
            if (status.GetProperty("state").GetString() == "idle" && status.GetProperty("turnsBehind").GetInt32() == 0)
            {
                return;
            }
        }

        throw new TimeoutException("Memory has not read the conversation.");
    }

    /// <summary>Checks that the page does not scroll sideways, and that axe reports no violation if scripts may run.</summary>
    public async Task CheckAsync()
    {
        // Waits, because the layout may still change while scripts fill the page.
        await Eventually.IsTrueAsync(
            () => Page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= innerWidth"),
            "the page does not scroll sideways: " + Page.Url);
        if (scripts)
        {
            (await Page.RunAxe()).Violations.Select(violation => $"{violation.Id} at {string.Join(", ", violation.Nodes.Select(node => node.Html))}").Should().BeEmpty(Page.Url);
        }
    }

    /// <summary>Ignores violations that a test causes on purpose.</summary>
    public void ExpectError(string part) => expected.Add(part);

    public async ValueTask DisposeAsync()
    {
        foreach (var cookie in await Context.CookiesAsync())
        {
            GeneratedSecrets.Register($"cookie {cookie.Name}", cookie.Value);
        }

        await Context.CloseAsync();
        Errors.Should().BeEmpty("no page may log an error, open a dialog or call another host");
    }

    private void Watch()
    {
        Page.Console += (_, message) =>
        {
            if (message.Type is "error" or "warning")
            {
                errors.Enqueue($"{message.Type}: {message.Text} ({message.Location})");
            }
        };
        Page.PageError += (_, error) => errors.Enqueue("thrown: " + error);
        Page.Dialog += async (_, dialog) =>
        {
            errors.Enqueue("dialog: " + dialog.Message);
            await dialog.DismissAsync();
        };
        Page.Request += (_, request) =>
        {
            var target = new Uri(request.Url);
            if (target.Scheme is not "data" and not "blob" && target.Authority != address.Authority)
            {
                errors.Enqueue("another host: " + request.Url);
            }
        };
    }
}
