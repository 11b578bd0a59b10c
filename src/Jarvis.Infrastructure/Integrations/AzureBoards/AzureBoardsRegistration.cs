using Jarvis.Application.BugReports;
using Jarvis.Infrastructure.Common;
using Jarvis.Infrastructure.Integrations.ExternalServices;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Jarvis.Infrastructure.Integrations.AzureBoards;

internal static class AzureBoardsRegistration
{
    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(5);

    public static IServiceCollection AddAzureBoards(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddValidatedOptions<AzureBoardsOptions>(configuration, AzureBoardsOptions.Section);
        services.AddOutboundHttpClient(AzureBoardsBugTracker.HttpClientName, ConnectTimeout, AzureBoardsBugTracker.MaxResponseBytes);
        services.AddExternalService<AzureBoardsOptions>(options => new(
            AzureBoardsBugTracker.ServiceId, AzureBoardsOptions.Section, options.IsConfigured ? options.BaseUrl : null));
        services.AddSingleton<IBugTracker, AzureBoardsBugTracker>();

        return services;
    }
}
