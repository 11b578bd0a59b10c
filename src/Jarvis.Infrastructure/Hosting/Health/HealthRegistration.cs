using Microsoft.Extensions.DependencyInjection;

namespace Jarvis.Infrastructure.Hosting.Health;

internal static class HealthRegistration
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(1);

    /// <summary>Adds the health checks that every process has. Their order is the order in the response.</summary>
    public static IServiceCollection AddHealth(this IServiceCollection services)
    {
        services.AddHealthChecks()
            .AddCheck<DatabaseHealthCheck>("database", failureStatus: null, tags: [], Timeout)
            .AddCheck<RedisHealthCheck>("redis", failureStatus: null, tags: [], Timeout)
            .AddCheck<ChatModelHealthCheck>("model")
            .AddCheck<SpeechHealthCheck>("speech");

        return services;
    }
}
