using Jarvis.Infrastructure.Hosting;
using Jarvis.Infrastructure.Persistence;
using Jarvis.TestSupport.Services;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Jarvis.TestSupport.Database;

/// <summary>Database of one test on the run's PostgreSQL, a copy of a database that was migrated once.</summary>
public sealed class PostgresDatabase : IAsyncDisposable
{
    private static readonly Lazy<Task<string>> Migrated = new(MigrateAsync);

    private readonly string name;

    private PostgresDatabase(string name, string connectionString) => (this.name, ConnectionString) = (name, connectionString);

    public string ConnectionString { get; }

    public static async Task<PostgresDatabase> CreateAsync() => await CreateAsync(await Migrated.Value);

    /// <summary>Creates a database without tables.</summary>
    public static Task<PostgresDatabase> CreateEmptyAsync() => CreateAsync("template0");

    public async ValueTask DisposeAsync() => await ExecuteAsync($"DROP DATABASE \"{name}\" WITH (FORCE)");

    private static async Task<PostgresDatabase> CreateAsync(string template)
    {
        var name = "jarvis_" + Guid.NewGuid().ToString("N");
        await ExecuteAsync($"CREATE DATABASE \"{name}\" TEMPLATE \"{template}\"");
        var server = new NpgsqlConnectionStringBuilder(await RealServices.Shared.PostgresAsync())
        {
            Database = name,

            // Many databases share the server's connections.
            MaxPoolSize = 20,
        };

        return new PostgresDatabase(name, server.ToString());
    }

    private static async Task<string> MigrateAsync()
    {
        var template = await CreateEmptyAsync();
        await MigrateAsync(template.ConnectionString);

        return template.name;
    }

    /// <summary>Creates the tables in an empty database.</summary>
    public static async Task MigrateAsync(string connectionString)
    {
        var services = new ServiceCollection();
        services.AddPostgres(new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false }.ToString()).AddDataProtectionKeys();
        await using var provider = services.BuildServiceProvider();
        await provider.MigrateAsync();
        provider.EnsureDataProtectionKey();
    }

    private static async Task ExecuteAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(await RealServices.Shared.PostgresAsync());
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}
