using Microsoft.EntityFrameworkCore.Migrations;

namespace Jarvis.Infrastructure.Persistence.Postgres.Migrations;

/// <summary>Schema that EF Core's model cannot describe: the postings of search, the storage of vectors, and triggers.</summary>
internal static class InitialSql
{
    public static void Up(MigrationBuilder migrationBuilder)
    {
        CreatePostings(migrationBuilder);
        SetVectorStorage(migrationBuilder);
        CreateVectorTriggers(migrationBuilder);
    }

    public static void Down(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        """
        DROP TRIGGER conversation_history_forgotten ON conversation_history;
        DROP FUNCTION conversation_history_forgotten();
        DROP TRIGGER memory_items_edited ON memory_items;
        DROP FUNCTION memory_items_edited();
        DROP TRIGGER search_documents_posted ON search_documents;
        DROP FUNCTION search_documents_post();
        DROP TABLE search_postings;
        """);

    // A posting says which document of a user has which term, how often, and how long the document is. The key begins with the
    // user, so a search reads one range of it and no rows of other users. A trigger also maintains postings when a cascade deletes
    // documents. A foreign key would need an index of its own. EF Core's model has no columns that a primary key includes.
    private static void CreatePostings(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.Sql(
            """
            CREATE TABLE search_postings (
                user_id uuid NOT NULL,
                term text COLLATE "C" NOT NULL,
                document_id bigint NOT NULL,
                frequency integer NOT NULL,
                length integer NOT NULL,
                CONSTRAINT pk_search_postings PRIMARY KEY (user_id, term, document_id) INCLUDE (frequency, length));
            """);
        migrationBuilder.Sql(
            """
            CREATE FUNCTION search_documents_post() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
                IF TG_OP <> 'INSERT' THEN
                    DELETE FROM search_postings
                    WHERE user_id = old.user_id AND term = ANY (array_append(string_to_array(old.terms, ' '), '')) AND document_id = old.id;
                END IF;
                IF TG_OP <> 'DELETE' THEN
                    INSERT INTO search_postings (user_id, term, document_id, frequency, length)
                    SELECT new.user_id, word, new.id, count(*), cardinality(words)
                    FROM (SELECT string_to_array(new.terms, ' ') AS words) AS document, unnest(array_append(words, '')) AS word
                    GROUP BY word, words;
                END IF;
                RETURN NULL;
            END $$;
            """);
        migrationBuilder.Sql(
            """
            CREATE TRIGGER search_documents_posted AFTER INSERT OR DELETE OR UPDATE OF terms ON search_documents
            FOR EACH ROW EXECUTE FUNCTION search_documents_post();
            """);
    }

    // EF Core's model has no storage of columns. In the row, a vector needs no lookup in another table: docs/decisions/0010-exact-vector-search.md.
    private static void SetVectorStorage(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.Sql("ALTER TABLE memory_items ALTER COLUMN embedding SET STORAGE MAIN;");
        migrationBuilder.Sql("ALTER TABLE turn_embeddings ALTER COLUMN embedding SET STORAGE MAIN;");
    }

    // A vector is deleted together with the text that it was computed from, whichever code changes the text.
    private static void CreateVectorTriggers(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.Sql(
            """
            CREATE FUNCTION memory_items_edited() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
                NEW.embedding := NULL;
                NEW.embedding_model := NULL;
                RETURN NEW;
            END $$;
            CREATE TRIGGER memory_items_edited BEFORE UPDATE OF content ON memory_items
                FOR EACH ROW WHEN (OLD.content IS DISTINCT FROM NEW.content) EXECUTE FUNCTION memory_items_edited();
            """);
        migrationBuilder.Sql(
            """
            CREATE FUNCTION conversation_history_forgotten() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
                DELETE FROM turn_embeddings WHERE turn_id = OLD.id;
                RETURN NULL;
            END $$;
            CREATE TRIGGER conversation_history_forgotten AFTER UPDATE OF recallable ON conversation_history
                FOR EACH ROW WHEN (OLD.recallable AND NOT NEW.recallable) EXECUTE FUNCTION conversation_history_forgotten();
            """);
    }
}
