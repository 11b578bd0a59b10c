using Jarvis.TestSupport;
using Jarvis.TestSupport.StandIns;

namespace Jarvis.Browser.Tests;

/// <summary>Jarvis with a stand-in for the language model.</summary>
internal sealed class BrowserTestHost : IAsyncDisposable
{
    private BrowserTestHost(OpenAiStandIn model, JarvisHost host) => (Model, Host) = (model, host);

    public OpenAiStandIn Model { get; }

    public JarvisHost Host { get; }

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

    public async ValueTask DisposeAsync()
    {
        await Host.DisposeAsync();
        await Model.DisposeAsync();
    }
}
