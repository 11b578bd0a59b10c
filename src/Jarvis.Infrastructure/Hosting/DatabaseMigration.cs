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

    /// <summary>Brings the database to this version's form; does nothing where it has it. Safe when two do it at once.</summary>
    /// <exception cref="StartupException">A server's database cannot be migrated; the message says why.</exception>
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

    /// <summary>For a process that does not migrate itself. A database that cannot be asked is left to <c>/health/ready</c>: it may come yet.</summary>
    /// <exception cref="StartupException">The database is of an earlier version.</exception>
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
            // Away; whoever watches this process sees it there.
        }
    }
}
