using Jarvis.Application.BugReports;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Jarvis.Infrastructure.AzureBoards;

internal static class AzureBoardsRegistration
{
    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(5);

    public static IServiceCollection AddAzureBoards(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<AzureBoardsOptions>().Bind(configuration.GetSection(AzureBoardsOptions.Section)).ValidateOnStart();
        services.AddSingleton<IValidateOptions<AzureBoardsOptions>, AzureBoardsValidation>();
        services.TryAddSingleton(TimeProvider.System);
        services.AddHttpClient(AzureBoardsBugTracker.HttpClientName, client =>
            {
                client.Timeout = Timeout.InfiniteTimeSpan;
                client.MaxResponseContentBufferSize = AzureBoardsBugTracker.MaxResponseBytes;
            })
            .ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler
            {
                ConnectTimeout = ConnectTimeout,
                // A redirect would take the token to an address that nobody configured; Azure's own leads to its sign-in.
                AllowAutoRedirect = false,
                UseCookies = false,
            });
        services.AddSingleton<IBugTracker, AzureBoardsBugTracker>();

        return services;
    }
}
