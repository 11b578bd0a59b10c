using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using StackExchange.Redis;

namespace Jarvis.Infrastructure.Redis.Sessions;

internal static class SessionsRegistration
{
    /// <summary>Stores the sessions of a cookie scheme in Redis. Requires <c>AddRedis</c>.</summary>
    public static IServiceCollection AddSessions(this IServiceCollection services, string scheme)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<SessionFallbackCache>();
        services.AddSingleton<ITicketStore, RedisTicketStore>();
        services.AddOptions<CookieAuthenticationOptions>(scheme).Configure<ITicketStore>((cookie, store) => cookie.SessionStore = store);

        // A key ring is cached for a day, also during an outage of Redis.
        services.AddDataProtection().SetApplicationName("Jarvis");
        services.AddSingleton(provider => new RedisKeyRepository(provider.GetRequiredService<IConnectionMultiplexer>));
        services.AddSingleton<IConfigureOptions<KeyManagementOptions>>(provider => new ConfigureOptions<KeyManagementOptions>(keys =>
            keys.XmlRepository = provider.GetRequiredService<RedisKeyRepository>()));
        services.AddSingleton(provider => new RefreshableKeyManager(ActivatorUtilities.CreateInstance<XmlKeyManager>(provider)));
        services.Replace(ServiceDescriptor.Singleton<IKeyManager>(provider => provider.GetRequiredService<RefreshableKeyManager>()));
        services.AddHostedService<KeyRingRefresher>();

        return services;
    }
}
