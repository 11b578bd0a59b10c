using Jarvis.Domain.Accounts;
using Jarvis.Infrastructure.Accounts;
using Jarvis.Infrastructure.Persistence;
using Jarvis.Infrastructure.Persistence.Sqlite;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;

namespace Jarvis.Testing.Database;

/// <summary>
/// A SQLite database of one test's own, with all migrations applied. It is a copy of a file that was migrated once, which is
/// as quick as one in memory; and unlike that one it has the locks of the real thing when two connections meet.
/// </summary>
public sealed class TestDatabase : IDisposable
{
    private static readonly Lazy<Task<byte[]>> Migrated = new(MigrateAsync);

    private readonly string directory;

    private TestDatabase(string directory) => this.directory = directory;

    private string File => Path.Combine(directory, "jarvis.db");

    public static async Task<TestDatabase> CreateAsync()
    {
        var migrated = await Migrated.Value;
        var database = new TestDatabase(Directory.CreateTempSubdirectory("jarvis-test-").FullName);
        await System.IO.File.WriteAllBytesAsync(database.File, migrated);

        return database;
    }

    /// <summary>Registers it as the product does: the context, the port and the search.</summary>
    public void AddTo(IServiceCollection services, params IInterceptor[] interceptors)
    {
        services.AddSqlite(File);
        services.ConfigureDbContext<SqliteJarvisDbContext>(options => options.AddInterceptors(interceptors));
    }

    /// <summary>Adds an account with its configuration, past all rules for names and passwords.</summary>
    public static async Task<UserId> AddPersonAsync(IServiceProvider services, DateTimeOffset now)
    {
        await using var scope = services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<JarvisDbContext>();
        var id = UserId.New(now);
        db.Users.Add(new JarvisUser { Id = id, UserName = $"person-{id}", NormalizedUserName = $"PERSON-{id}", CreatedAt = now });
        db.UserConfigs.Add(UserConfig.For(id, now));
        await db.SaveChangesAsync();

        return id;
    }

    public void Dispose()
    {
        // Kept connections would hold the file open.
        SqliteConnection.ClearAllPools();
        Directory.Delete(directory, recursive: true);
    }

    private static async Task<byte[]> MigrateAsync()
    {
        using var database = new TestDatabase(Directory.CreateTempSubdirectory("jarvis-test-").FullName);
        var services = new ServiceCollection();
        database.AddTo(services);
        await using (var provider = services.BuildServiceProvider())
        {
            await provider.MigrateAsync();
        }

        // The last connection to close brings the log into the file.
        SqliteConnection.ClearAllPools();

        return await System.IO.File.ReadAllBytesAsync(database.File);
    }
}
