using Jarvis.Infrastructure.Persistence;
using Jarvis.Testing.Database;
using Jarvis.Testing.StandIns;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Jarvis.Infrastructure.Tests.Persistence;

/// <summary>Exceptions as PostgreSQL and its driver throw them.</summary>
public sealed class PostgresFaultsTests : IAsyncLifetime
{
    private readonly DatabaseFaults faults = new();
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
    public async Task What_another_wrote_or_deleted_first_was_overtaken(string statement)
    {
        await using var connection = await OpenAsync();

        var fault = await SavingAsync(() => RunAsync(connection, statement));

        (faults.IsOvertaken(fault), faults.IsOutage(fault)).Should().Be((true, false));
    }

    [Fact]
    public async Task A_connection_that_was_ended_before_a_commit_is_an_outage()
    {
        await using var connection = await OpenAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await RunAsync(connection, "INSERT INTO item VALUES (2, NULL)");
        await using (var administrator = await OpenAsync())
        {
            await RunAsync(administrator, $"SELECT pg_terminate_backend({connection.ProcessID}, 5000)");
        }

        var fault = await SavingAsync(() => transaction.CommitAsync());

        (faults.IsOvertaken(fault), faults.IsOutage(fault)).Should().Be((false, true));
    }

    [Fact]
    public async Task A_server_that_is_not_there_is_an_outage()
    {
        using var closed = new ClosedPort();
        var nowhere = new NpgsqlConnectionStringBuilder(database.ConnectionString) { Port = closed.Number };

        var fault = await SavingAsync(() => OpenAsync(nowhere.ToString()));

        (faults.IsOvertaken(fault), faults.IsOutage(fault)).Should().Be((false, true));
    }

    [Fact]
    public async Task What_is_wrong_by_itself_is_neither()
    {
        await using var connection = await OpenAsync();

        var fault = await SavingAsync(() => RunAsync(connection, "no statement"));

        (faults.IsOvertaken(fault), faults.IsOutage(fault)).Should().Be((false, false));
    }

    private static async Task<DbUpdateException> SavingAsync(Func<Task> work) =>
        new("wrapped", (await work.Should().ThrowAsync<NpgsqlException>()).Which);

    private static async Task RunAsync(NpgsqlConnection connection, string statement)
    {
#pragma warning disable CA2100 // The statements are the tests' own.
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
