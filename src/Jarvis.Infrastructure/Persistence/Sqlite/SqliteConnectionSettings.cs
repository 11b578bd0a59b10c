using System.Data.Common;
using Jarvis.Infrastructure.Persistence.Search;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Jarvis.Infrastructure.Persistence.Sqlite;

/// <summary>Configures each SQLite connection.</summary>
internal sealed class SqliteConnectionSettings : DbConnectionInterceptor
{
    /// <summary>
    /// Lets SQLite wait for a lock, starting with one millisecond. Without this setting the driver sleeps 150 ms at a time, and an
    /// answer would wait that long for a write of the worker.
    /// </summary>
    private const string Settings = "PRAGMA busy_timeout = 15000";

    public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData)
    {
        using var command = connection.CreateCommand();
        command.CommandText = Settings;
        command.ExecuteNonQuery();

        // SQLite's own lower() converts only ASCII, so a search would not find Łódź.
        ((SqliteConnection)connection).CreateFunction("lower", (string? text) => text?.ToLowerInvariant(), isDeterministic: true);
        SqliteVectorFunctions.AddTo((SqliteConnection)connection);
    }

    public override Task ConnectionOpenedAsync(DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        ConnectionOpened(connection, eventData);

        return Task.CompletedTask;
    }
}
