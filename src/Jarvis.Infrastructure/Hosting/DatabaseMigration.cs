using System.Data.Common;
using Jarvis.Infrastructure.Ai.Search;
using Jarvis.Infrastructure.Common;
using Jarvis.Infrastructure.Hosting.Embedded;
using Jarvis.Infrastructure.Persistence;
using Jarvis.Infrastructure.Persistence.Search;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Jarvis.Infrastructure.Hosting;

public static class DatabaseMigration
{
    private const string Migrate = "dotnet Jarvis.Web.dll --migrate";

    /// <summary>Migrates the database to this version. Several processes can call it at the same time.</summary>
    /// <exception cref="StartupException">The database of a server cannot be migrated. The message contains the reason.</exception>
    public static async Task MigrateAsync(this IServiceProvider services)
    {
        await using var scope = services.CreateAsyncScope();
        try
        {
            var db = scope.ServiceProvider.GetRequiredService<JarvisDbContext>();
            await db.MigrateAsync();
            await SearchIndexUpgrade.RunAsync(db);
        }
        catch (DbException e) when (!services.GetRequiredService<HostingMode>().IsSingleProcess)
        {
            throw new StartupException($"The database can't be migrated ({e.Message.ReplaceLineEndings(" ")}): check that PostgreSQL is running, has pgvector 0.7 or later, and that the user may create tables.", e);
        }
    }

    /// <summary>
    /// Creates a data protection key if the database has none. Otherwise, two processes that start at the same time create one key
    /// each, and may reject each other's cookies for a day. Requires <c>AddDataProtectionKeys</c>.
    /// </summary>
    public static void EnsureDataProtectionKey(this IServiceProvider services) => services.GetDataProtector(typeof(DatabaseMigration).FullName!).Protect([]);

    /// <summary>Checks the database for a process that does not migrate. <c>/health/ready</c> reports an unavailable database, which may become available later.</summary>
    /// <exception cref="StartupException">The database has an earlier version.</exception>
    public static async Task EnsureMigratedAsync(this IServiceProvider services)
    {
        await using var scope = services.CreateAsyncScope();
        var database = scope.ServiceProvider.GetRequiredService<JarvisDbContext>().Database;
        try
        {
            if ((await database.GetPendingMigrationsAsync()).Any())
            {
                throw new StartupException($"The database isn't up to date with this version: run “{Migrate}” with the same settings, then start again.");
            }
        }
        catch (DbException)
        {
            // /health/ready reports the unavailable database.
        }
    }
}
