using System.Data.Common;
using Jarvis.Infrastructure.Persistence;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace Jarvis.Infrastructure.Tests.Persistence;

/// <summary>Exceptions that SQLite itself threw, and PostgreSQL's by the codes that it documents.</summary>
public sealed class DatabaseFaultsTests : IDisposable
{
    private readonly DirectoryInfo directory = Directory.CreateTempSubdirectory("jarvis-faults-");
    private readonly DatabaseFaults faults = new();

    public void Dispose() => directory.Delete(recursive: true);

    [Theory]
    [InlineData("INSERT INTO item VALUES (1, NULL)")]
    [InlineData("INSERT INTO item VALUES (2, 7)")]
    [InlineData("INSERT INTO named VALUES ('one')")]
    public void What_another_wrote_or_deleted_first_was_overtaken(string statement)
    {
        using var connection = Open();
        Run(connection, "CREATE TABLE item (id INTEGER PRIMARY KEY, parent INTEGER REFERENCES item); CREATE TABLE named (name TEXT UNIQUE)");
        Run(connection, "INSERT INTO item VALUES (1, NULL); INSERT INTO named VALUES ('one')");

        var fault = Saving(() => Run(connection, statement));

        (faults.IsOvertaken(fault), faults.IsOutage(fault)).Should().Be((true, false));
    }

    [Fact]
    public void A_database_that_another_holds_is_an_outage()
    {
        using var holder = Open();
        Run(holder, "CREATE TABLE item (id INTEGER PRIMARY KEY); BEGIN IMMEDIATE");
        using var connection = Open();

        var fault = Saving(() => Run(connection, "INSERT INTO item VALUES (1)"));

        (faults.IsOvertaken(fault), faults.IsOutage(fault)).Should().Be((false, true));
    }

    [Fact]
    public void A_file_that_cannot_be_opened_is_an_outage()
    {
        var fault = Saving(() => Open("missing/jarvis.db"));

        (faults.IsOvertaken(fault), faults.IsOutage(fault)).Should().Be((false, true));
    }

    [Theory]
    [InlineData("INSERT INTO item VALUES (NULL)")]
    [InlineData("no statement")]
    public void What_is_wrong_by_itself_is_neither(string statement)
    {
        using var connection = Open();
        Run(connection, "CREATE TABLE item (name TEXT NOT NULL)");

        var fault = Saving(() => Run(connection, statement));

        (faults.IsOvertaken(fault), faults.IsOutage(fault)).Should().Be((false, false));
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
    public void PostgreSQL_says_it_by_its_codes(string state, bool overtaken, bool outage)
    {
        var fault = new DbUpdateException("wrapped", new StateException(state));

        (faults.IsOvertaken(fault), faults.IsOutage(fault)).Should().Be((overtaken, outage));
    }

    [Fact]
    public void A_row_that_is_no_longer_as_it_was_read_was_overtaken()
    {
        var fault = new DbUpdateConcurrencyException("Expected 1 row, found 0.");

        (faults.IsOvertaken(fault), faults.IsOutage(fault)).Should().Be((true, false));
    }

    private static DbUpdateException Saving(Action work) => new("wrapped", work.Should().Throw<SqliteException>().Which);

    private static void Run(SqliteConnection connection, string statement)
    {
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // The statements are the tests' own.
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
