using Jarvis.Application.Conversations;
using Jarvis.Application.Memories;
using Jarvis.Infrastructure.Ai.ChatModels;
using Jarvis.Infrastructure.Ai.ChatModels.OpenAi;
using Jarvis.Infrastructure.Ai.ChatModels.Scheduling;
using Jarvis.Infrastructure.Ai.Extraction;
using Jarvis.Infrastructure.Ai.Extraction.Llm;
using Jarvis.TestSupport.Output;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Jarvis.Infrastructure.Tests.Ai.Extraction;

/// <summary>Extractors as the product registers them, without the probe for models.</summary>
internal sealed class ExtractorFixture : IAsyncDisposable
{
    private readonly ServiceProvider services;

    public ExtractorFixture(Uri server, params IEnumerable<(string Key, string Value)> settings)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(settings.ToDictionary(pair => pair.Key, pair => (string?)pair.Value)).Build();
        services = new ServiceCollection()
            .AddCapturedLogging()
            .AddSingleton(TimeProvider.System)
            .AddSingleton<TokenCounter>()
            .AddSingleton<LocalLlmAvailability>()
            .AddSingleton<ILocalModelScheduler>(Scheduler)
            .Configure<LocalLlmOptions>(options => options.BaseUrl = server)
            .AddMemoryExtraction(configuration)
            .BuildServiceProvider();
    }

    public LocalModelScheduler Scheduler { get; } = new(extractionSlots: 1);

    public LocalLlmAvailability Availability => services.GetRequiredService<LocalLlmAvailability>();

    public IMemoryExtractor Chosen => services.GetRequiredService<IMemoryExtractor>();

    public LlmMemoryExtractor Llm => services.GetRequiredService<LlmMemoryExtractor>();

    public ValueTask DisposeAsync()
    {
        Scheduler.Dispose();

        return services.DisposeAsync();
    }
}
