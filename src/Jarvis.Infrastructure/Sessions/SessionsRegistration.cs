using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.DataProtection.StackExchangeRedis;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using StackExchange.Redis;

namespace Jarvis.Infrastructure.Sessions;

internal static class SessionsRegistration
{
    private const string KeysKey = "jarvis:keys";

    /// <summary>Needs <c>AddRedis</c>. Changes nothing about the cookie but where its session lies.</summary>
    /// <param name="scheme">The cookie scheme whose sessions live in Redis.</param>
    public static IServiceCollection AddSessions(this IServiceCollection services, string scheme)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<RecentSessions>();
        services.AddSingleton<ITicketStore, RedisTicketStore>();
        services.AddOptions<CookieAuthenticationOptions>(scheme).Configure<ITicketStore>((cookie, store) => cookie.SessionStore = store);

        // The keys are read at first use and kept for a day: a Redis that is away later on does not matter to them.
        services.AddDataProtection().SetApplicationName("Jarvis");
        services.AddSingleton<IConfigureOptions<KeyManagementOptions>>(provider => new ConfigureOptions<KeyManagementOptions>(keys =>
            keys.XmlRepository = new RedisXmlRepository(() => provider.GetRequiredService<IConnectionMultiplexer>().GetDatabase(), KeysKey)));

        return services;
    }
}
