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
    /// <summary>Needs <c>AddRedis</c>. Changes nothing about the cookie but where its session lies.</summary>
    /// <param name="scheme">The cookie scheme whose sessions live in Redis.</param>
    public static IServiceCollection AddSessions(this IServiceCollection services, string scheme)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<SessionFallbackCache>();
        services.AddSingleton<ITicketStore, RedisTicketStore>();
        services.AddOptions<CookieAuthenticationOptions>(scheme).Configure<ITicketStore>((cookie, store) => cookie.SessionStore = store);

        // A ring that was read is good for a day, whatever happens to Redis.
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
