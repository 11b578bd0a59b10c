using Microsoft.Extensions.DependencyInjection;
using StackExchange.Redis;

namespace Jarvis.Infrastructure.Redis;

internal static class RedisRegistration
{
    /// <summary>Registers the shared connection. Its first use opens it and takes at most two seconds, even if Redis is unavailable.</summary>
    public static IServiceCollection AddRedis(this IServiceCollection services, Func<IServiceProvider, string> connectionString)
    {
        services.AddSingleton(provider => new RedisSettings(connectionString(provider)));
        services.AddSingleton<IConnectionMultiplexer>(provider =>
            ConnectionMultiplexer.Connect(provider.GetRequiredService<RedisSettings>().Shared()));

        return services;
    }
}
