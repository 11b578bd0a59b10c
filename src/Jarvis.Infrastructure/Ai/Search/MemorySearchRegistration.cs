using Jarvis.Application.Memories;
using Microsoft.Extensions.DependencyInjection;

namespace Jarvis.Infrastructure.Ai.Search;

internal static class MemorySearchRegistration
{
    /// <summary>Needs the engine's <see cref="ITermIndex"/>.</summary>
    public static IServiceCollection AddMemorySearch(this IServiceCollection services) => services.AddScoped<IMemorySearch, PassageMemorySearch>();
}
