using Jarvis.Infrastructure.Accounts;
using Jarvis.Infrastructure.Persistence;
using Microsoft.Extensions.DependencyInjection;

namespace Jarvis.Infrastructure;

public static class InfrastructureRegistration
{
    public static IServiceCollection AddJarvisInfrastructure(this IServiceCollection services, string sqliteFile)
    {
        services.AddSqlite(sqliteFile);
        services.AddAccounts();

        return services;
    }
}
