using Jarvis.Application.Memories;
using Jarvis.Infrastructure.Ai.Embeddings;
using Microsoft.Extensions.DependencyInjection;

namespace Jarvis.Infrastructure.Ai.Search;

internal static class MemorySearchRegistration
{
    /// <summary>Adds search by words. It also uses vectors if <see cref="EmbeddingsRegistration.AddEmbeddings"/> is called later.</summary>
    public static IServiceCollection AddMemorySearch(this IServiceCollection services)
    {
        services.AddSingleton<IQueryEmbedder, NullQueryEmbedder>();
        services.AddScoped<IMemorySearch, PassageMemorySearch>();

        return services;
    }
}
