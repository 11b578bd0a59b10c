using Jarvis.TestSupport.StandIns;

namespace Jarvis.TestSupport;

/// <summary>One host and one stand-in for a model for the tests of one class. Each test begins with a model without faults.</summary>
public sealed class ModelHostFixture : IAsyncDisposable
{
    private JarvisHost? host;
    private OpenAiStandIn? model;

    /// <param name="settings">Settings beside those of the model; the same for all tests of the class.</param>
    public Task<(OpenAiStandIn Model, JarvisHost Host)> StartAsync(params (string Key, string? Value)[] settings) => StartAsync(model =>
    [
        ("OpenAI:BaseUrl", model.BaseUrl.ToString()),
        ("OpenAI:ApiKey", Secrets.OpenAiKey),
        ("OpenAI:Models", "stand-in"),
        ("Memory:Extractor", "Heuristic"),
        .. settings,
    ]);

    /// <param name="settings">All settings; the same for all tests of the class.</param>
    public async Task<(OpenAiStandIn Model, JarvisHost Host)> StartAsync(Func<OpenAiStandIn, (string Key, string? Value)[]> settings)
    {
        if (model is { IsStopped: true } || host is { WasInterrupted: true })
        {
            await DisposeAsync();
        }

        if (model is null || host is null)
        {
            model = await OpenAiStandIn.StartAsync();
            host = await JarvisHost.StartAsync(settings(model));
        }

        model.Reset();

        return (model, host);
    }

    public async ValueTask DisposeAsync()
    {
        if (host is not null)
        {
            await host.DisposeAsync();
        }

        if (model is not null)
        {
            await model.DisposeAsync();
        }

        (host, model) = (null, null);
    }
}
