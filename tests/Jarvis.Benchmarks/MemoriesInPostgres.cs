using System.Diagnostics;
using System.Globalization;
using Jarvis.Infrastructure.Hosting;
using Jarvis.Infrastructure.Persistence;
using Jarvis.TestSupport.Services;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using NpgsqlTypes;

namespace Jarvis.Benchmarks;

/// <summary>Memory table of the product with vectors on a real PostgreSQL, and one connection to it.</summary>
internal sealed class MemoriesInPostgres : IAsyncDisposable
{
    private const string Columns = "id, user_id, kind, content, content_hash, salience, pinned, created_at, valid_from, embedding_model, embedding";

    private readonly PrivatePostgres server;
    private readonly NpgsqlConnection connection;
    private string type = "halfvec";

    private MemoriesInPostgres(PrivatePostgres server, NpgsqlConnection connection) => (this.server, this.connection) = (server, connection);

    public static async Task<MemoriesInPostgres> CreateAsync()
    {
        var server = await PrivatePostgres.StartAsync(RealServices.Shared);
        var address = await server.CreateDatabaseAsync("vectors");
        var services = new ServiceCollection();
        services.AddPostgres(address);
        await using (var provider = services.BuildServiceProvider())
        {
            await provider.MigrateAsync();
        }

        var connection = new NpgsqlConnection(address + ";Command Timeout=0");
        await connection.OpenAsync();

        return new MemoriesInPostgres(server, connection);
    }

    public async Task AddPeopleAsync(IEnumerable<Guid> people)
    {
        await using var command = Command(
            """
            INSERT INTO users (id, created_at, is_administrator, username, normalized_username, email_confirmed, lockout_enabled, access_failed_count)
            SELECT id, now(), false, id, upper(id::text), false, true, 0 FROM unnest($1) AS id
            """,
            people.ToArray());
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>Rewrites the table, so that each vector is stored where the storage mode puts it.</summary>
    /// <param name="storage">Storage mode. MAIN: in the row if it fits. EXTERNAL: outside the row from 2 KB.</param>
    public async Task SetStorageAsync(string type, string storage)
    {
        await ExecuteAsync(
            $"ALTER TABLE memory_items ALTER COLUMN embedding TYPE {type} USING embedding::{type}",
            $"ALTER TABLE memory_items ALTER COLUMN embedding SET STORAGE {storage}",
            "VACUUM (FULL, ANALYZE) memory_items");
        this.type = type;
    }

    public async Task FillAsync(IEnumerable<(Guid Person, float[] Vector)> memories)
    {
        await using var copy = await connection.BeginBinaryImportAsync($"COPY memory_items ({Columns}) FROM STDIN BINARY");
        foreach (var (person, vector) in memories)
        {
            var id = Guid.CreateVersion7();
            await copy.StartRowAsync();
            await copy.WriteAsync(id);
            await copy.WriteAsync(person);
            await copy.WriteAsync("fact");
            await copy.WriteAsync("Something that was said once, about as long as such sentences are.");
            await copy.WriteAsync(id.ToString("N"));
            await copy.WriteAsync(0.5f);
            await copy.WriteAsync(false);
            await copy.WriteAsync(DateTime.UnixEpoch, NpgsqlDbType.TimestampTz);
            await copy.WriteAsync(DateTime.UnixEpoch, NpgsqlDbType.TimestampTz);
            await copy.WriteAsync("bench");
            await copy.WriteAsync(Embeddings.ToBinary(vector), NpgsqlDbType.Bytea);
        }

        await copy.CompleteAsync();
    }

    /// <returns>Duration in milliseconds.</returns>
    public async Task<double> AddOneAsync(Guid person, float[] vector)
    {
        var id = Guid.CreateVersion7();
        await using var command = Command(
            $"INSERT INTO memory_items ({Columns}) VALUES ($1, $2, 'fact', 'Something that was said once.', $3, 0.5, false, now(), now(), 'bench', $4::real[]::{type})",
            id,
            person,
            id.ToString("N"),
            vector);
        var started = Stopwatch.GetTimestamp();
        await command.ExecuteNonQueryAsync();

        return Stopwatch.GetElapsedTime(started).TotalMilliseconds;
    }

    /// <param name="indexedAs">Type to which an index expression casts the column; a query must use the same expression. Null: the column itself.</param>
    public async Task<(double Milliseconds, HashSet<Guid> Ids)> NearestAsync(Guid person, float[] vector, string? indexedAs, int count)
    {
        await using var command = Command(Nearest(indexedAs, count), person, vector);
        var ids = new HashSet<Guid>();
        var started = Stopwatch.GetTimestamp();
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync())
        {
            ids.Add(reader.GetGuid(0));
        }

        return (Stopwatch.GetElapsedTime(started).TotalMilliseconds, ids);
    }

    /// <summary>Returns the plan that the planner chooses without hints.</summary>
    public async Task<string> PlanAsync(Guid person, float[] vector, string? indexedAs, int count)
    {
        await using var command = Command("EXPLAIN " + Nearest(indexedAs, count), person, vector);
        await using var reader = await command.ExecuteReaderAsync();
        var plan = "";
        while (await reader.ReadAsync())
        {
            plan += reader.GetString(0) + "\n";
        }

        return plan;
    }

    /// <summary>Reads the list of a user's memories: without the vectors, but from rows that may contain them.</summary>
    public async Task<double> ReadAllAsync(Guid person)
    {
        await using var command = Command("SELECT count(content), max(salience) FROM memory_items WHERE user_id = $1", person);
        var started = Stopwatch.GetTimestamp();
        await command.ExecuteNonQueryAsync();

        return Stopwatch.GetElapsedTime(started).TotalMilliseconds;
    }

    /// <returns>Duration in seconds.</returns>
    public async Task<double> ExecuteAsync(params string[] statements)
    {
        var started = Stopwatch.GetTimestamp();
        foreach (var statement in statements)
        {
            await using var command = Command(statement);
            await command.ExecuteNonQueryAsync();
        }

        return Stopwatch.GetElapsedTime(started).TotalSeconds;
    }

    public async Task<string> AskAsync(string sql)
    {
        await using var command = Command(sql);

        return Convert.ToString(await command.ExecuteScalarAsync(), CultureInfo.InvariantCulture)!;
    }

    public async ValueTask DisposeAsync()
    {
        await connection.DisposeAsync();
        await server.DisposeAsync();
    }

    private string Nearest(string? indexedAs, int count) => indexedAs is null
        ? $"SELECT id FROM memory_items WHERE user_id = $1 ORDER BY embedding <=> $2::real[]::{type} LIMIT {count}"
        : $"SELECT id FROM memory_items WHERE user_id = $1 ORDER BY embedding::{indexedAs} <=> $2::real[]::{indexedAs} LIMIT {count}";

    private NpgsqlCommand Command(string sql, params object[] values)
    {
        var command = new NpgsqlCommand(sql, connection);
        command.Parameters.AddRange(values.Select(value => new NpgsqlParameter { Value = value }).ToArray());

        return command;
    }
}
