using Jarvis.Application.Imports;
using Jarvis.Infrastructure.Common;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Jarvis.Infrastructure.Integrations.Imports;

internal static class ImportRegistration
{
    /// <summary>Requires <c>AddRedis</c>.</summary>
    public static IServiceCollection AddImports(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddValidatedOptions<ImportOptions>(configuration, ImportOptions.Section);
        services.AddSingleton<IConversationFileReader, ConversationFileReader>();
        services.AddSingleton<IImportCoordinator, RedisImportCoordinator>();

        return services;
    }
}
