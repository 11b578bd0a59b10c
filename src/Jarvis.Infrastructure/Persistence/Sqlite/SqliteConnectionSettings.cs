using System.Data.Common;
using Jarvis.Infrastructure.Ai.Embeddings;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Jarvis.Infrastructure.Persistence.Sqlite;

/// <summary>What SQLite needs to be told on each connection.</summary>
internal sealed class SqliteConnectionSettings : DbConnectionInterceptor
{
    /// <summary>
    /// SQLite's own waiting for a lock, which begins with a millisecond. Without it the driver sleeps 150 ms at a time, and an
    /// answer would wait that long for a write of the worker's.
    /// </summary>
    private const string Settings = "PRAGMA busy_timeout = 15000";

    public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData)
    {
        using var command = connection.CreateCommand();
        command.CommandText = Settings;
        command.ExecuteNonQuery();

        // Its own lower() knows ASCII alone: nobody would find Łódź.
        ((SqliteConnection)connection).CreateFunction("lower", (string? text) => text?.ToLowerInvariant(), isDeterministic: true);
        SqliteVectorFunctions.AddTo((SqliteConnection)connection);
    }

    public override Task ConnectionOpenedAsync(DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        ConnectionOpened(connection, eventData);

        return Task.CompletedTask;
    }
}
