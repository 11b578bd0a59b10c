using Jarvis.Application.Memories;
using Jarvis.Infrastructure.Common;
using Jarvis.Infrastructure.Integrations.ExternalServices;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Jarvis.Infrastructure.Ai.Embeddings;

internal static class EmbeddingsRegistration
{
    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(5);

    /// <summary>Call it after the search's own registration, which adds an embedder that returns no vectors.</summary>
    public static IServiceCollection AddEmbeddings(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddValidatedOptions<EmbeddingOptions>(configuration, EmbeddingOptions.Section);
        services.AddOutboundHttpClient(TextEmbedder.HttpClientName, ConnectTimeout, TextEmbedder.MaxResponseBytes);
        services.AddExternalService<EmbeddingOptions>(options => new(TextEmbedder.ServiceId, EmbeddingOptions.Section, options.BaseUrl));
        services.AddSingleton<ITextEmbedder, TextEmbedder>();
        services.AddSingleton<IQueryEmbedder, QueryEmbedder>();
        services.AddMetrics();
        services.AddSingleton<EmbeddingMetrics>();
        services.AddSingleton<IEmbeddingBackfill, EmbeddingBackfill>();

        return services;
    }
}
