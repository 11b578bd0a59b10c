using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Jarvis.Infrastructure.Persistence.Postgres.Migrations
{
    /// <summary>
    /// The postings that search ranks by: which document of a person has which term, how often, and how long the document is.
    /// The person comes first in the key, so that a search reads one range of it and meets nobody else's. A trigger keeps them
    /// in step with search_documents, also where a cascade deletes; no foreign key, which would need an index of its own.
    /// </summary>
    public partial class MemorySearchIndex : Migration
    {
        protected override void Up(MigrationBuilder migrationBuilder)
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

        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql("DROP TRIGGER search_documents_posted ON search_documents;");
            migrationBuilder.Sql("DROP FUNCTION search_documents_post;");
            migrationBuilder.Sql("DROP TABLE search_postings;");
        }
    }
}
