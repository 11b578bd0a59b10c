using System.Globalization;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Jarvis.Infrastructure.Persistence.Sqlite.Migrations;

/// <summary>
/// Schema that EF Core's model does not describe: the postings of search, the vectors, and the triggers that keep both current.
/// A later migration that makes SQLite rebuild one of these tables must add its columns, indexes and triggers again.
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
        CreateVectors(migrationBuilder);
        CreateVectorTriggers(migrationBuilder);
    }

    public static void Down(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.Sql("DROP TABLE turn_embeddings;");
        migrationBuilder.Sql("DROP TABLE search_postings;");
    }

    // A posting says which document of a user has which term, how often, and how long the document is. Triggers also maintain
    // postings when a cascade deletes documents.
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

    // The signs of all vectors are in an index that a search reads alone. embedding_model tells the worker which rows still need a
    // vector. docs/decisions/0011-two-stage-vector-search.md has the measurements.
    private static void CreateVectors(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.Sql("ALTER TABLE memory_items ADD COLUMN embedding_model TEXT;");
        migrationBuilder.Sql("ALTER TABLE memory_items ADD COLUMN embedding_code BLOB;");
        migrationBuilder.Sql("ALTER TABLE memory_items ADD COLUMN embedding BLOB;");
        migrationBuilder.Sql("ALTER TABLE conversation_history ADD COLUMN embedding_model TEXT;");
        migrationBuilder.Sql(
            """
            CREATE TABLE turn_embeddings (
                turn_id TEXT NOT NULL CONSTRAINT pk_turn_embeddings PRIMARY KEY,
                user_id TEXT NOT NULL,
                embedding_model TEXT NOT NULL,
                embedding_code BLOB NOT NULL,
                embedding BLOB NOT NULL,
                CONSTRAINT fk_turn_embeddings_turns_turn_id FOREIGN KEY (turn_id) REFERENCES conversation_history (id) ON DELETE CASCADE,
                CONSTRAINT fk_turn_embeddings_users_user_id FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE);
            """);
        migrationBuilder.Sql(
            """
            CREATE INDEX ix_memory_items_nearest ON memory_items (user_id, embedding_model, embedding_code)
                WHERE embedding_code IS NOT NULL;
            """);
        migrationBuilder.Sql("CREATE INDEX ix_turn_embeddings_nearest ON turn_embeddings (user_id, embedding_model, embedding_code);");
        migrationBuilder.Sql("CREATE INDEX ix_memory_items_embedding_model ON memory_items (embedding_model, id);");
        migrationBuilder.Sql(
            """
            CREATE INDEX ix_conversation_history_embedding_model ON conversation_history (embedding_model, id)
                WHERE status = 'completed' AND recallable;
            """);
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
