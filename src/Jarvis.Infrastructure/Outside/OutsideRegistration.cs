using Jarvis.Application.Administration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;

namespace Jarvis.Infrastructure.Outside;

internal static class OutsideRegistration
{
    /// <summary>Needs <c>AddRedis</c>, and the systems themselves.</summary>
    public static IServiceCollection AddOutsideSystems(this IServiceCollection services)
    {
        services.AddOutsideJournal();
        services.AddSingleton<OutsideCatalogue>();
        services.AddSingleton<SharedSightings>();
        services.AddSingleton<IHostedService>(provider => provider.GetRequiredService<SharedSightings>());
        services.AddSingleton<IOutsideSystems, OutsideSystems>();

        return services;
    }

    /// <summary>For whoever calls a system outside.</summary>
    public static void AddOutsideJournal(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<OutsideJournal>();
    }
}
