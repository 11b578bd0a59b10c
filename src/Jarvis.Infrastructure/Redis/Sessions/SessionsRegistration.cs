using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Jarvis.Infrastructure.Redis.Sessions;

internal static class SessionsRegistration
{
    /// <summary>Stores the sessions of a cookie scheme in Redis. Requires <c>AddRedis</c> and <c>AddDataProtectionKeys</c>.</summary>
    public static IServiceCollection AddSessions(this IServiceCollection services, string scheme)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<SessionFallbackCache>();
        services.AddSingleton<ITicketStore, RedisTicketStore>();
        services.AddOptions<CookieAuthenticationOptions>(scheme).Configure<ITicketStore>((cookie, store) => cookie.SessionStore = store);

        return services;
    }
}
