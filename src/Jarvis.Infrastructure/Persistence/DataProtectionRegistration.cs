using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.DependencyInjection;

namespace Jarvis.Infrastructure.Persistence;

internal static class DataProtectionRegistration
{
    /// <summary>Stores the data protection keys in the database, which all processes share.</summary>
    public static IServiceCollection AddDataProtectionKeys(this IServiceCollection services)
    {
        services.AddDataProtection().SetApplicationName("Jarvis").PersistKeysToDbContext<JarvisDbContext>();

        return services;
    }
}
