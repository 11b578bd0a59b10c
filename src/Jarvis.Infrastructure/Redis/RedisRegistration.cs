using Microsoft.Extensions.DependencyInjection;
using StackExchange.Redis;

namespace Jarvis.Infrastructure.Redis;

internal static class RedisRegistration
{
    /// <summary>The shared connection. It is made at first use and takes two seconds at most, whether Redis is there or not.</summary>
    public static IServiceCollection AddRedis(this IServiceCollection services, Func<IServiceProvider, string> connectionString)
    {
        services.AddSingleton(provider => new RedisSettings(connectionString(provider)));
        services.AddSingleton<IConnectionMultiplexer>(provider =>
            ConnectionMultiplexer.Connect(provider.GetRequiredService<RedisSettings>().Shared()));

        return services;
    }
}
