using Jarvis.Domain.Accounts;
using Jarvis.Domain.Common;
using Jarvis.Infrastructure.Ai.Search;
using Jarvis.Infrastructure.Persistence;
using Jarvis.Infrastructure.Persistence.Identity;
using Jarvis.Infrastructure.Persistence.Postgres;
using Jarvis.Infrastructure.Persistence.Sqlite;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;

namespace Jarvis.TestSupport.Database;

/// <summary>Database of one test with all migrations applied, on the engine of the run or on the named one.</summary>
public sealed class TestDatabase : IAsyncDisposable
{
    private readonly SqliteFile? sqlite;
    private readonly PostgresDatabase? postgres;

    private TestDatabase(SqliteFile? sqlite, PostgresDatabase? postgres) => (this.sqlite, this.postgres) = (sqlite, postgres);

    public static Task<TestDatabase> CreateAsync() => Engine.IsPostgres ? PostgresAsync() : SqliteAsync();

    public static async Task<TestDatabase> SqliteAsync() => new(await SqliteFile.CreateAsync(), postgres: null);

    public static async Task<TestDatabase> PostgresAsync() => new(sqlite: null, await PostgresDatabase.CreateAsync());

    /// <summary>Registers the database as the product does: the context, the port and the search.</summary>
    public void AddTo(IServiceCollection services, params IInterceptor[] interceptors)
    {
        if (postgres is not null)
        {
            services.AddPostgres(postgres.ConnectionString);
            services.ConfigureDbContext<PostgresJarvisDbContext>(options => options.AddInterceptors(interceptors));
        }
        else
        {
            services.AddSqlite(sqlite!.Path);
            services.ConfigureDbContext<SqliteJarvisDbContext>(options => options.AddInterceptors(interceptors));
        }

        services.AddMemorySearch();
    }

    /// <summary>Adds an account with its configuration and skips the rules for names and passwords.</summary>
    public static async Task<UserId> AddUserAsync(IServiceProvider services, DateTimeOffset now)
    {
        await using var scope = services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<JarvisDbContext>();
        var id = UserId.New(now);
        db.Users.Add(new JarvisUser { Id = id, UserName = $"person-{id}", NormalizedUserName = $"PERSON-{id}", CreatedAt = now });
        db.UserConfigs.Add(UserConfig.CreateDefault(id, now));
        await db.SaveChangesAsync();

        return id;
    }

    public async ValueTask DisposeAsync()
    {
        sqlite?.Dispose();
        if (postgres is not null)
        {
            await postgres.DisposeAsync();
        }
    }
}
