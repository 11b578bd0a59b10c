namespace Jarvis.Browser.Tests;

/// <summary>Jarvis with a stand-in for the language model. Without further settings, tests rent it one after the other.</summary>
internal sealed class BrowserTestHost : IAsyncDisposable
{
    private static readonly FixturePool<BrowserTestHost> Pool = new(() => StartAsync());

    private bool isRented;

    private BrowserTestHost(OpenAiStandIn model, JarvisHost host) => (Model, Host) = (model, host);

    public OpenAiStandIn Model { get; }

    public JarvisHost Host { get; }

    public static async Task<BrowserTestHost> RentAsync()
    {
        var host = await Pool.RentAsync();
        host.Model.Reset();
        host.isRented = true;

        return host;
    }

    public static async Task<BrowserTestHost> StartAsync(params (string Key, string? Value)[] more)
    {
        var model = await OpenAiStandIn.StartAsync();

        return new BrowserTestHost(model, await JarvisHost.StartAsync(
        [
            ("OpenAI:ApiKey", Secrets.OpenAiKey),
            ("OpenAI:BaseUrl", model.BaseUrl.ToString()),
            ("OpenAI:Models:0", "stand-in"),
            .. more,
        ]));
    }

    /// <summary>Returns a rented host for the next test.</summary>
    public async ValueTask DisposeAsync()
    {
        if (isRented && !Host.WasInterrupted && !Model.IsStopped)
        {
            isRented = false;
            Pool.Return(this);

            return;
        }

        await Host.DisposeAsync();
        await Model.DisposeAsync();
    }
}
