using System.Diagnostics;
using System.Globalization;
using Jarvis.Infrastructure.Hosting;
using Jarvis.Infrastructure.Persistence;
using Jarvis.TestSupport.Services;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using NpgsqlTypes;

namespace Jarvis.Benchmarks;

/// <summary>The product's own table of memories on a real PostgreSQL, with vectors, and one connection to it.</summary>
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

    /// <summary>Writes the table anew, so that each vector lies where it would have been put.</summary>
    /// <param name="storage">MAIN: in the row while it has room. EXTERNAL: out of it from 2 KB on.</param>
    public async Task LayOutAsync(string type, string storage)
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

    /// <returns>How long it took in milliseconds.</returns>
    public async Task<double> AddOneAsync(Guid person, float[] vector)
    {
        var id = Guid.CreateVersion7();
        await using var command = Command(
            $"INSERT INTO memory_items ({Columns}) VALUES ($1, $2, 'fact', 'Something that was said once.', $3, 0.5, false, now(), now(), 'bench', $4::real[]::{type})",
            id,
            person,
            id.ToString("N"),
            vector);
        var began = Stopwatch.GetTimestamp();
        await command.ExecuteNonQueryAsync();

        return Stopwatch.GetElapsedTime(began).TotalMilliseconds;
    }

    /// <param name="indexedAs">The type that an index takes the column for: it is found by just that expression. Null: the column as it is.</param>
    public async Task<(double Milliseconds, HashSet<Guid> Ids)> NearestAsync(Guid person, float[] vector, string? indexedAs, int count)
    {
        await using var command = Command(Nearest(indexedAs, count), person, vector);
        var ids = new HashSet<Guid>();
        var began = Stopwatch.GetTimestamp();
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync())
        {
            ids.Add(reader.GetGuid(0));
        }

        return (Stopwatch.GetElapsedTime(began).TotalMilliseconds, ids);
    }

    /// <summary>What the planner would do by itself.</summary>
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

    /// <summary>As the list of a person's memories is read: without the vectors, but from rows that may carry them.</summary>
    public async Task<double> ReadAllAsync(Guid person)
    {
        await using var command = Command("SELECT count(content), max(salience) FROM memory_items WHERE user_id = $1", person);
        var began = Stopwatch.GetTimestamp();
        await command.ExecuteNonQueryAsync();

        return Stopwatch.GetElapsedTime(began).TotalMilliseconds;
    }

    /// <returns>How long it took in seconds.</returns>
    public async Task<double> ExecuteAsync(params string[] statements)
    {
        var began = Stopwatch.GetTimestamp();
        foreach (var statement in statements)
        {
            await using var command = Command(statement);
            await command.ExecuteNonQueryAsync();
        }

        return Stopwatch.GetElapsedTime(began).TotalSeconds;
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
