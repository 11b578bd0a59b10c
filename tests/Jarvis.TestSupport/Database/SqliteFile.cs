using Jarvis.Infrastructure.Hosting;
using Jarvis.Infrastructure.Persistence;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;

namespace Jarvis.TestSupport.Database;

/// <summary>
/// A SQLite database in a file of its own. It is a copy of a file that was migrated once, which is as quick as one in memory;
/// and unlike that one it has the locks of the real thing when two connections meet.
/// </summary>
internal sealed class SqliteFile : IDisposable
{
    private static readonly Lazy<Task<byte[]>> Migrated = new(MigrateAsync);

    private readonly string directory = Directory.CreateTempSubdirectory("jarvis-test-").FullName;

    private SqliteFile()
    {
    }

    public string Path => System.IO.Path.Combine(directory, "jarvis.db");

    public static async Task<SqliteFile> CreateAsync()
    {
        var migrated = await Migrated.Value;
        var file = new SqliteFile();
        await File.WriteAllBytesAsync(file.Path, migrated);

        return file;
    }

    public void Dispose()
    {
        // Kept connections would hold the file open.
        SqliteConnection.ClearAllPools();
        Directory.Delete(directory, recursive: true);
    }

    private static async Task<byte[]> MigrateAsync()
    {
        using var file = new SqliteFile();
        var services = new ServiceCollection();
        services.AddSqlite(file.Path);
        await using (var provider = services.BuildServiceProvider())
        {
            await provider.MigrateAsync();
        }

        // The last connection to close brings the log into the file.
        SqliteConnection.ClearAllPools();

        return await File.ReadAllBytesAsync(file.Path);
    }
}
