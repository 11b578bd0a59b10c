using Jarvis.Application.Administration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;

namespace Jarvis.Infrastructure.Integrations.ExternalServices;

internal static class ExternalServicesRegistration
{
    /// <summary>Needs <c>AddRedis</c>, and the systems themselves.</summary>
    public static IServiceCollection AddExternalServices(this IServiceCollection services)
    {
        services.AddServiceHealthTracker();
        services.AddSingleton<ExternalServiceCatalog>();
        services.AddSingleton<RedisServiceHealthPublisher>();
        services.AddSingleton<IHostedService>(provider => provider.GetRequiredService<RedisServiceHealthPublisher>());
        services.AddSingleton<IExternalServices, ExternalServices>();

        return services;
    }

    /// <summary>For whoever calls a system outside.</summary>
    public static void AddServiceHealthTracker(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<ServiceHealthTracker>();
    }
}
