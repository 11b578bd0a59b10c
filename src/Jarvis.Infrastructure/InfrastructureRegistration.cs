using Jarvis.Infrastructure.Accounts;
using Jarvis.Infrastructure.ChatModels;
using Jarvis.Infrastructure.Embedded;
using Jarvis.Infrastructure.Health;
using Jarvis.Infrastructure.MemoryExtraction;
using Jarvis.Infrastructure.Persistence;
using Jarvis.Infrastructure.Queue;
using Jarvis.Infrastructure.Redis;
using Jarvis.Infrastructure.Sessions;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Jarvis.Infrastructure;

public static class InfrastructureRegistration
{
    public static IServiceCollection AddJarvisInfrastructure(this IServiceCollection services, IConfiguration configuration, EmbeddedMode embedded)
    {
        // By a factory, so that the container disposes it with everything else.
        services.AddSingleton(_ => embedded);

        // Asked for through the container, so that its clients are gone before the server.
        services.AddRedis(provider => provider.GetRequiredService<EmbeddedMode>().Garnet.ConnectionString);
        services.AddSessions(CookieAuthenticationDefaults.AuthenticationScheme);
        services.AddSingleton<Readiness>();
        services.AddSqlite(embedded.SqliteFile);
        services.AddAccounts();
        services.AddMemoryQueue(configuration);
        services.AddChatModels(configuration);
        services.AddMemoryExtraction(configuration);

        return services;
    }
}
