using Jarvis.Application.Memories;
using Jarvis.Infrastructure.Ai.ChatModels.OpenAi;
using Jarvis.Infrastructure.Ai.Extraction.Llm;
using Jarvis.Infrastructure.Ai.Extraction.Rules;
using Jarvis.Infrastructure.Common;
using Jarvis.Infrastructure.Integrations.ExternalServices;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Jarvis.Infrastructure.Ai.Extraction;

internal static class MemoryExtractionRegistration
{
    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(5);

    /// <summary>Requires <c>AddChatModels</c>, which registers the address, scheduler and availability of the local model.</summary>
    public static IServiceCollection AddMemoryExtraction(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddValidatedOptions<MemoryExtractionOptions>(configuration, MemoryExtractionOptions.Section);
        services.AddOutboundHttpClient(ExtractionClient.HttpClientName, ConnectTimeout, ExtractionClient.MaxResponseBytes);

        services.AddSingleton<ExtractionClient>();
        services.AddSingleton<HeuristicMemoryExtractor>();
        services.AddSingleton<LlmMemoryExtractor>();
        services.AddSingleton<AutoMemoryExtractor>();
        services.AddSingleton<IMemoryExtractor>(provider => new LocalOnlyMemoryExtractor(
            CreateChosen(provider),
            provider.GetRequiredService<HeuristicMemoryExtractor>(),
            provider.GetRequiredService<IOptions<LocalLlmOptions>>()));

        return services;
    }

    private static IMemoryExtractor CreateChosen(IServiceProvider provider) => provider.GetRequiredService<IOptions<MemoryExtractionOptions>>().Value.Extractor switch
    {
        ExtractorChoice.Heuristic => provider.GetRequiredService<HeuristicMemoryExtractor>(),
        ExtractorChoice.Llm => provider.GetRequiredService<LlmMemoryExtractor>(),
        ExtractorChoice.Auto => provider.GetRequiredService<AutoMemoryExtractor>(),
    };
}
