using System.Data.Common;
using Jarvis.Infrastructure.Ai.Search;
using Jarvis.Infrastructure.Common;
using Jarvis.Infrastructure.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Jarvis.Infrastructure.Hosting;

public static class DatabaseMigration
{
    private const string Migrate = "dotnet Jarvis.Web.dll --migrate";

    /// <summary>Migrates the database to this version. Does nothing if it is up to date. Several processes may call it at the same time.</summary>
    /// <exception cref="StartupException">The database of a server cannot be migrated. The message contains the cause.</exception>
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

    /// <summary>Checks the database for a process that doesn't migrate it. Ignores an unavailable database: <c>/health/ready</c> reports it.</summary>
    /// <exception cref="StartupException">The database has the schema of an earlier version.</exception>
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
            // The database may become available after the start.
        }
    }
}
