using Jarvis.Application.Administration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Jarvis.Infrastructure.Integrations.ExternalServices;

internal static class ExternalServicesRegistration
{
    /// <summary>Requires <c>AddRedis</c>.</summary>
    public static IServiceCollection AddExternalServices(this IServiceCollection services)
    {
        services.AddServiceHealthTracker();
        services.AddSingleton<RedisServiceHealthPublisher>();
        services.AddSingleton<IHostedService>(provider => provider.GetRequiredService<RedisServiceHealthPublisher>());
        services.AddSingleton<IExternalServices, ExternalServices>();

        return services;
    }

    /// <summary>Adds a service to the list that administrators see. The list has the order of these calls.</summary>
    public static IServiceCollection AddExternalService<TOptions>(this IServiceCollection services, Func<TOptions, ExternalServiceDescriptor> describe)
        where TOptions : class =>
        services.AddSingleton(provider => describe(provider.GetRequiredService<IOptions<TOptions>>().Value));

    /// <summary>Adds the tracker that every adapter of an external service reports to.</summary>
    public static void AddServiceHealthTracker(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<ServiceHealthTracker>();
    }
}
