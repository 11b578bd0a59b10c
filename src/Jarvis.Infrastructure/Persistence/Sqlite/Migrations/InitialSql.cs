using System.Globalization;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Jarvis.Infrastructure.Persistence.Sqlite.Migrations;

/// <summary>
/// Schema that EF Core's model cannot describe: the postings of search, and triggers that keep postings and vectors current. A later
/// migration that makes SQLite rebuild one of these tables must add its triggers again.
/// </summary>
internal static class InitialSql
{
    private const string Terms = "SELECT value FROM json_each('[\"' || replace({0}.terms, ' ', '\",\"') || '\"]') WHERE value <> ''";

    private static readonly string InsertPostings =
        $"""
        INSERT INTO search_postings (user_id, term, document_id, frequency, length)
        SELECT new.user_id, word.value, new.id, count(*), length(new.terms) - length(replace(new.terms, ' ', '')) + (new.terms <> '')
        FROM ({TermsOf("new")} UNION ALL SELECT '') AS word
        GROUP BY word.value;
        """;

    private static readonly string DeletePostings =
        $"""
        DELETE FROM search_postings
        WHERE user_id = old.user_id AND document_id = old.id AND term IN ({TermsOf("old")} UNION ALL SELECT '');
        """;

    public static void Up(MigrationBuilder migrationBuilder)
    {
        CreatePostings(migrationBuilder);
        CreateVectorTriggers(migrationBuilder);
    }

    public static void Down(MigrationBuilder migrationBuilder) => migrationBuilder.Sql("DROP TABLE search_postings;");

    // A posting says which document of a user has which term, how often, and how long the document is. Triggers also maintain
    // postings when a cascade deletes documents. EF Core's model has no tables without a rowid.
    private static void CreatePostings(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.Sql(
            """
            CREATE TABLE search_postings (
                user_id TEXT NOT NULL,
                term TEXT NOT NULL,
                document_id INTEGER NOT NULL,
                frequency INTEGER NOT NULL,
                length INTEGER NOT NULL,
                PRIMARY KEY (user_id, term, document_id)) WITHOUT ROWID;
            """);
        migrationBuilder.Sql($"CREATE TRIGGER search_documents_inserted AFTER INSERT ON search_documents BEGIN {InsertPostings} END;");
        migrationBuilder.Sql($"CREATE TRIGGER search_documents_deleted AFTER DELETE ON search_documents BEGIN {DeletePostings} END;");
        migrationBuilder.Sql($"CREATE TRIGGER search_documents_updated AFTER UPDATE OF terms ON search_documents BEGIN {DeletePostings} {InsertPostings} END;");
    }

    // A vector is deleted together with the text that it was computed from, whichever code changes the text.
    private static void CreateVectorTriggers(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.Sql(
            """
            CREATE TRIGGER memory_items_edited AFTER UPDATE OF content ON memory_items WHEN old.content <> new.content BEGIN
                UPDATE memory_items SET embedding = NULL, embedding_code = NULL, embedding_model = NULL WHERE id = new.id;
            END;
            """);
        migrationBuilder.Sql(
            """
            CREATE TRIGGER conversation_history_forgotten AFTER UPDATE OF recallable ON conversation_history
            WHEN old.recallable AND NOT new.recallable BEGIN
                DELETE FROM turn_embeddings WHERE turn_id = new.id;
            END;
            """);
    }

    private static string TermsOf(string row) => string.Format(CultureInfo.InvariantCulture, Terms, row);
}
