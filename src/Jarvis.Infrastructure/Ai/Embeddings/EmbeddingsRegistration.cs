using Jarvis.Application.Memories;
using Jarvis.Infrastructure.Integrations.ExternalServices;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Jarvis.Infrastructure.Ai.Embeddings;

internal static class EmbeddingsRegistration
{
    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(5);

    /// <summary>What an engine brings; nothing is embedded until <see cref="AddEmbeddings"/> says by whom.</summary>
    public static IServiceCollection AddVectors<TIndex, TStore>(this IServiceCollection services)
        where TIndex : class, IVectorIndex
        where TStore : class, IEmbeddingStore
    {
        services.AddSingleton<IVectorIndex, TIndex>();
        services.AddScoped<IEmbeddingStore, TStore>();
        services.AddScoped<INearestMemories, NearestMemories>();
        services.AddSingleton<IQueryEmbedder, NullQueryEmbedder>();

        return services;
    }

    /// <summary>After the database, which brings what is left where nothing is configured.</summary>
    public static IServiceCollection AddEmbeddings(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<EmbeddingOptions>().Configure(options => EmbeddingSettings.Read(configuration, options)).ValidateOnStart();
        services.AddSingleton<IValidateOptions<EmbeddingOptions>, EmbeddingOptionsValidator>();
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
