using Jarvis.Infrastructure.Ai.Embeddings;
using Jarvis.TestSupport.Output;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Jarvis.Infrastructure.Tests.Ai.Embeddings;

/// <summary>The embedder as the product registers it, with settings and a stand-in server.</summary>
internal sealed class EmbedderFixture : IAsyncDisposable
{
    private readonly ServiceProvider services;

    private EmbedderFixture(OpenAiStandIn server, (string Key, string Value)[] settings, TimeProvider? clock)
    {
        Server = server;
        var values = new Dictionary<string, string?> { ["Memory:Embeddings:BaseUrl"] = server.BaseUrl.ToString(), ["Memory:Embeddings:Model"] = "stand-in" };
        foreach (var (key, value) in settings)
        {
            values[key] = value;
        }

        var collection = new ServiceCollection().AddCapturedLogging().AddSingleton<ILogger<TextEmbedder>>(Log).AddSingleton(clock ?? TimeProvider.System);
        services = collection.AddEmbeddings(new ConfigurationBuilder().AddInMemoryCollection(values).Build()).BuildServiceProvider();
    }

    public OpenAiStandIn Server { get; }

    public ListLogger<TextEmbedder> Log { get; } = new();

    public ITextEmbedder Embedder => services.GetRequiredService<ITextEmbedder>();

    public IQueryEmbedder Queries => services.GetRequiredService<IQueryEmbedder>();

    public static async Task<EmbedderFixture> StartAsync(TimeProvider? clock = null, params (string Key, string Value)[] settings) =>
        new(await OpenAiStandIn.StartAsync(), settings, clock);

    public Task<EmbeddingResult> EmbedAsync(params string[] texts) => Embedder.EmbedAsync(texts, CancellationToken.None);

    public async ValueTask DisposeAsync()
    {
        await services.DisposeAsync();
        await Server.DisposeAsync();
    }
}
