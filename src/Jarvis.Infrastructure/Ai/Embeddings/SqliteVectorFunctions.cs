using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Jarvis.Infrastructure.Ai.Embeddings;

/// <summary>
/// What SQLite cannot compute itself. Past the driver's own way to add a function, which makes an array of every value: this is
/// called once for each of a person's vectors.
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
