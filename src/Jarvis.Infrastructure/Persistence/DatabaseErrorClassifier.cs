using System.Data.Common;
using Jarvis.Application.Common;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace Jarvis.Infrastructure.Persistence;

/// <summary>Classifies errors by PostgreSQL's SQLSTATE and by SQLite's own codes.</summary>
internal sealed class DatabaseErrorClassifier : IDatabaseErrorClassifier
{
    // Foreign key violation, unique violation, serialization failure, deadlock.
    private static readonly string[] ConflictStates = ["23503", "23505", "40001", "40P01"];

    // Connection, resources, operator intervention, system error, lock timeout, and a read-only server after a failover.
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

        // An exception without a state comes from the driver, not from a server.
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
