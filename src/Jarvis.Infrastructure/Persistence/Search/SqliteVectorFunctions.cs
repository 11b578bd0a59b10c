using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Jarvis.Infrastructure.Persistence.Search;

/// <summary>
/// Functions that SQLite lacks. They bypass the driver's own registration, which allocates an array for every value, because a search
/// calls them once for each of the user's vectors.
/// </summary>
internal static class SqliteVectorFunctions
{
    private const int Flags = raw.SQLITE_UTF8 | raw.SQLITE_DETERMINISTIC;

    public static void AddTo(SqliteConnection connection)
    {
        raw.sqlite3_create_function(connection.Handle, "hamming", 2, Flags, null, Hamming);
        raw.sqlite3_create_function(connection.Handle, "cosine", 2, Flags, null, Cosine);
    }

    private static void Hamming(sqlite3_context context, object data, sqlite3_value[] arguments) =>
        raw.sqlite3_result_int(context, StoredVector.Hamming(raw.sqlite3_value_blob(arguments[0]), raw.sqlite3_value_blob(arguments[1])));

    private static void Cosine(sqlite3_context context, object data, sqlite3_value[] arguments) =>
        raw.sqlite3_result_double(context, StoredVector.Cosine(raw.sqlite3_value_blob(arguments[0]), raw.sqlite3_value_blob(arguments[1])));
}
