using Jarvis.Infrastructure.Persistence;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Jarvis.Infrastructure.Tests.Persistence;

/// <summary>Tests the classification of exceptions that PostgreSQL and its driver throw.</summary>
public sealed class PostgresFaultsTests : IAsyncLifetime
{
    private readonly DatabaseErrorClassifier faults = new();
    private PostgresDatabase database = null!;

    public async ValueTask InitializeAsync()
    {
        database = await PostgresDatabase.CreateEmptyAsync();
        await using var connection = await OpenAsync();
        await RunAsync(connection, "CREATE TABLE item (id int PRIMARY KEY, parent int REFERENCES item); INSERT INTO item VALUES (1, NULL)");
    }

    public ValueTask DisposeAsync() => database.DisposeAsync();

    [Theory]
    [InlineData("INSERT INTO item VALUES (1, NULL)")]
    [InlineData("INSERT INTO item VALUES (2, 7)")]
    public async Task PostgreSQL_key_violation_is_a_conflict(string statement)
    {
        await using var connection = await OpenAsync();

        var fault = await WrapExceptionAsync(() => RunAsync(connection, statement));

        (faults.IsConflict(fault), faults.IsTransient(fault)).Should().Be((true, false));
    }

    [Fact]
    public async Task Connection_closed_before_commit_is_transient()
    {
        await using var connection = await OpenAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await RunAsync(connection, "INSERT INTO item VALUES (2, NULL)");
        await using (var administrator = await OpenAsync())
        {
            await RunAsync(administrator, $"SELECT pg_terminate_backend({connection.ProcessID}, 5000)");
        }

        var fault = await WrapExceptionAsync(() => transaction.CommitAsync());

        (faults.IsConflict(fault), faults.IsTransient(fault)).Should().Be((false, true));
    }

    [Fact]
    public async Task Unreachable_server_is_transient()
    {
        using var closed = new ClosedPort();
        var unreachable = new NpgsqlConnectionStringBuilder(database.ConnectionString) { Port = closed.Number };

        var fault = await WrapExceptionAsync(() => OpenAsync(unreachable.ToString()));

        (faults.IsConflict(fault), faults.IsTransient(fault)).Should().Be((false, true));
    }

    [Fact]
    public async Task Invalid_PostgreSQL_statement_is_neither_conflict_nor_transient()
    {
        await using var connection = await OpenAsync();

        var fault = await WrapExceptionAsync(() => RunAsync(connection, "not a statement"));

        (faults.IsConflict(fault), faults.IsTransient(fault)).Should().Be((false, false));
    }

    private static async Task<DbUpdateException> WrapExceptionAsync(Func<Task> work) =>
        new("wrapped", (await work.Should().ThrowAsync<NpgsqlException>()).Which);

    private static async Task RunAsync(NpgsqlConnection connection, string statement)
    {
#pragma warning disable CA2100 // The statements are constants of the tests.
        await using var command = new NpgsqlCommand(statement, connection);
#pragma warning restore CA2100
        await command.ExecuteNonQueryAsync();
    }

    private Task<NpgsqlConnection> OpenAsync() => OpenAsync(database.ConnectionString);

    private static async Task<NpgsqlConnection> OpenAsync(string connectionString)
    {
        var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false }.ToString());
        await connection.OpenAsync();

        return connection;
    }
}
