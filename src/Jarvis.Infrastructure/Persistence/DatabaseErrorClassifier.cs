using System.Data.Common;
using Jarvis.Application.Common;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace Jarvis.Infrastructure.Persistence;

/// <summary>Reads SQLSTATE, which PostgreSQL gives, and SQLite's own codes, which stand in for it.</summary>
internal sealed class DatabaseErrorClassifier : IDatabaseErrorClassifier
{
    // Foreign key, unique; serialization failure, deadlock.
    private static readonly string[] ConflictStates = ["23503", "23505", "40001", "40P01"];

    // Connection, resources, administrator's shutdown and start, system error; a server that only reads since it was replaced.
    private static readonly string[] TransientStates = ["08", "53", "57P", "58", "55P03", "25006"];

    // SQLITE_BUSY, LOCKED, NOMEM, READONLY, IOERR, FULL, CANTOPEN.
    private static readonly int[] TransientCodes = [5, 6, 7, 8, 10, 13, 14];

    // SQLITE_CONSTRAINT with _FOREIGNKEY, _PRIMARYKEY and _UNIQUE.
    private static readonly int[] ConflictCodes = [787, 1555, 2067];

    public bool IsConflict(Exception exception) => Chain(exception).Any(e => e switch
    {
        DbUpdateConcurrencyException => true,
        SqliteException sqlite => ConflictCodes.Contains(sqlite.SqliteExtendedErrorCode),
        DbException { SqlState: { } state } => ConflictStates.Contains(state),
        _ => false,
    });

    public bool IsTransient(Exception exception) => !IsConflict(exception) && Chain(exception).Any(e => e switch
    {
        SqliteException sqlite => TransientCodes.Contains(sqlite.SqliteErrorCode),
        DbException { SqlState: { } state } => Array.Exists(TransientStates, start => state.StartsWith(start, StringComparison.Ordinal)),

        // Without a state no server answered; the driver knows why.
        DbException driver => driver.IsTransient,
        _ => false,
    });

    private static IEnumerable<Exception> Chain(Exception exception)
    {
        for (var e = exception; e is not null; e = e.InnerException)
        {
            yield return e;
        }
    }
}
