using System.Data.Common;
using Jarvis.Infrastructure.Persistence;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace Jarvis.Infrastructure.Tests.Persistence;

/// <summary>Tests the classification of exceptions that SQLite throws, and of PostgreSQL's documented codes.</summary>
public sealed class DatabaseErrorClassifierTests : IDisposable
{
    private readonly DirectoryInfo directory = Directory.CreateTempSubdirectory("jarvis-faults-");
    private readonly DatabaseErrorClassifier faults = new();

    public void Dispose() => directory.Delete(recursive: true);

    [Theory]
    [InlineData("INSERT INTO item VALUES (1, NULL)")]
    [InlineData("INSERT INTO item VALUES (2, 7)")]
    [InlineData("INSERT INTO named VALUES ('one')")]
    public void SQLite_key_violation_is_a_conflict(string statement)
    {
        using var connection = Open();
        Run(connection, "CREATE TABLE item (id INTEGER PRIMARY KEY, parent INTEGER REFERENCES item); CREATE TABLE named (name TEXT UNIQUE)");
        Run(connection, "INSERT INTO item VALUES (1, NULL); INSERT INTO named VALUES ('one')");

        var fault = WrapException(() => Run(connection, statement));

        (faults.IsConflict(fault), faults.IsTransient(fault)).Should().Be((true, false));
    }

    [Fact]
    public void Locked_database_is_transient()
    {
        using var holder = Open();
        Run(holder, "CREATE TABLE item (id INTEGER PRIMARY KEY); BEGIN IMMEDIATE");
        using var connection = Open();

        var fault = WrapException(() => Run(connection, "INSERT INTO item VALUES (1)"));

        (faults.IsConflict(fault), faults.IsTransient(fault)).Should().Be((false, true));
    }

    [Fact]
    public void Database_file_that_cannot_be_opened_is_transient()
    {
        var fault = WrapException(() => Open("missing/jarvis.db"));

        (faults.IsConflict(fault), faults.IsTransient(fault)).Should().Be((false, true));
    }

    [Theory]
    [InlineData("INSERT INTO item VALUES (NULL)")]
    [InlineData("not a statement")]
    public void Invalid_SQLite_statement_is_neither_conflict_nor_transient(string statement)
    {
        using var connection = Open();
        Run(connection, "CREATE TABLE item (name TEXT NOT NULL)");

        var fault = WrapException(() => Run(connection, statement));

        (faults.IsConflict(fault), faults.IsTransient(fault)).Should().Be((false, false));
    }

    [Theory]
    [InlineData("23505", true, false)]
    [InlineData("23503", true, false)]
    [InlineData("40P01", true, false)]
    [InlineData("57P01", false, true)]
    [InlineData("57P03", false, true)]
    [InlineData("08006", false, true)]
    [InlineData("53300", false, true)]
    [InlineData("23502", false, false)]
    [InlineData("42P01", false, false)]
    [InlineData("57014", false, false)]
    public void PostgreSQL_error_is_classified_by_SqlState(string state, bool conflict, bool outage)
    {
        var fault = new DbUpdateException("wrapped", new StateException(state));

        (faults.IsConflict(fault), faults.IsTransient(fault)).Should().Be((conflict, outage));
    }

    [Fact]
    public void Row_changed_since_it_was_read_is_a_conflict()
    {
        var fault = new DbUpdateConcurrencyException("Expected 1 row, found 0.");

        (faults.IsConflict(fault), faults.IsTransient(fault)).Should().Be((true, false));
    }

    private static DbUpdateException WrapException(Action work) => new("wrapped", work.Should().Throw<SqliteException>().Which);

    private static void Run(SqliteConnection connection, string statement)
    {
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // The statements are constants of the tests.
        command.CommandText = statement;
#pragma warning restore CA2100
        command.CommandTimeout = 1;
        command.ExecuteNonQuery();
    }

    private SqliteConnection Open(string name = "jarvis.db")
    {
        var connection = new SqliteConnection($"Data Source={Path.Combine(directory.FullName, name)};Foreign Keys=True;Pooling=False");
        connection.Open();

        return connection;
    }

    private sealed class StateException(string state) : DbException
    {
        public override string SqlState => state;
    }
}
