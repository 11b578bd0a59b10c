using Jarvis.Application.Conversations;
using Jarvis.Domain.Common;
using Jarvis.Infrastructure.Ai.ChatModels;
using Jarvis.Infrastructure.Ai.ChatModels.Scheduling;
using Jarvis.TestSupport.Output;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Jarvis.Infrastructure.Tests.Ai.ChatModels;

/// <summary>Models as the product registers them, configured with the given settings.</summary>
internal sealed class ChatModelFixture : IAsyncDisposable
{
    private readonly ServiceProvider services;

    /// <param name="settings">Settings; if they contain no local server, the local server is a port without a listener.</param>
    public ChatModelFixture(params (string Key, string? Value)[] settings)
    {
        var values = settings.ToDictionary(setting => setting.Key, setting => setting.Value);
        values.TryAdd("LocalLlm:BaseUrl", closedPort.BaseUrl.ToString());
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(values).Build();
        services = new ServiceCollection().AddCapturedLogging().AddChatModels(configuration)
            .AddSingleton<ILocalModelScheduler>(_ => new LocalModelScheduler(extractionSlots: 1))
            .BuildServiceProvider();
    }

    private readonly ClosedPort closedPort = new();

    public IChatModelCatalog Catalog => services.GetRequiredService<IChatModelCatalog>();

    public T Get<T>()
        where T : notnull => services.GetRequiredService<T>();

    public Task ProbeAsync() => Get<ChatModelProbe>().ProbeAllAsync(CancellationToken.None);

    public async Task<Answer> AskAsync(string? model = null, string prompt = "Hello there", CancellationToken cancellationToken = default)
    {
        var texts = new List<string>();
        ModelEvent? ending = null;
        await foreach (var step in Catalog.Find(model).Value.StreamAsync(Request(prompt), cancellationToken))
        {
            ending.Should().BeNull("nothing follows the end");
            if (step is ModelEvent.Text text)
            {
                texts.Add(text.Delta);
            }
            else
            {
                ending = step;
            }
        }

        return new Answer(texts, ending!);
    }

    public static ModelRequest Request(string prompt, params CitedMemory[] memories) => new(
        [
            new ModelMessage(ModelRole.System, "You are Jarvis."),
            new ModelMessage(ModelRole.User, "Good morning"),
            new ModelMessage(ModelRole.Assistant, "Good morning!"),
            new ModelMessage(ModelRole.User, prompt),
        ],
        Temperature: 0.25f,
        MaxTokens: 321,
        memories);

    public async ValueTask DisposeAsync()
    {
        await services.DisposeAsync();
        closedPort.Dispose();
    }
}

internal sealed record Answer(IReadOnlyList<string> Chunks, ModelEvent Ending)
{
    public string Text => string.Concat(Chunks);

    public Error Error => Ending.Should().BeOfType<ModelEvent.Failed>().Subject.Error;

    public int? UsedTokens => Ending.Should().BeOfType<ModelEvent.Finished>().Subject.UsedTokens;
}
