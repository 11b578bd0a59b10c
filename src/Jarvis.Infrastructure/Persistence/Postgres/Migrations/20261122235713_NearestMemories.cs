using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Jarvis.Infrastructure.Persistence.Postgres.Migrations
{
    /// <summary>
    /// The vectors of turns, the signs of all vectors in an index that a search reads alone, and what the worker finds by: whatever
    /// <c>embedding_model</c> has not dealt with. docs/decisions/0011-nearest-memories.md says what was measured. Triggers take a
    /// vector away with the text it was made of, so that nobody who changes one can forget the other.
    /// </summary>
    public partial class NearestMemories : Migration
    {
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql(
                """
                ALTER TABLE memory_items ADD COLUMN embedding_code bit varying GENERATED ALWAYS AS (binary_quantize(embedding)) STORED;
                CREATE INDEX ix_memory_items_nearest ON memory_items (user_id, embedding_model) INCLUDE (id, embedding_code)
                    WHERE embedding_code IS NOT NULL;
                CREATE INDEX ix_memory_items_embedding_model ON memory_items (embedding_model, id);
                """);
            migrationBuilder.Sql(
                """
                ALTER TABLE conversation_history ADD COLUMN embedding_model text;
                CREATE INDEX ix_conversation_history_embedding_model ON conversation_history (embedding_model, id)
                    WHERE status = 'completed' AND recallable;
                """);
            migrationBuilder.Sql(
                """
                CREATE TABLE turn_embeddings (
                    turn_id uuid CONSTRAINT pk_turn_embeddings PRIMARY KEY
                        CONSTRAINT fk_turn_embeddings_turns_turn_id REFERENCES conversation_history (id) ON DELETE CASCADE,
                    user_id uuid NOT NULL CONSTRAINT fk_turn_embeddings_users_user_id REFERENCES users (id) ON DELETE CASCADE,
                    embedding_model text NOT NULL,
                    embedding_code bit varying GENERATED ALWAYS AS (binary_quantize(embedding)) STORED,
                    embedding halfvec NOT NULL);
                ALTER TABLE turn_embeddings ALTER COLUMN embedding SET STORAGE MAIN;
                CREATE INDEX ix_turn_embeddings_nearest ON turn_embeddings (user_id, embedding_model) INCLUDE (turn_id, embedding_code);
                """);
            // A search reads the index alone only for rows that a vacuum has seen; left to itself that waits for a fifth of the table.
            migrationBuilder.Sql(
                """
                ALTER TABLE memory_items SET (autovacuum_vacuum_scale_factor = 0.05, autovacuum_vacuum_insert_scale_factor = 0.02);
                ALTER TABLE turn_embeddings SET (autovacuum_vacuum_scale_factor = 0.05, autovacuum_vacuum_insert_scale_factor = 0.02);
                """);
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

        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql(
                """
                DROP TRIGGER conversation_history_forgotten ON conversation_history;
                DROP FUNCTION conversation_history_forgotten();
                DROP TRIGGER memory_items_edited ON memory_items;
                DROP FUNCTION memory_items_edited();
                DROP TABLE turn_embeddings;
                ALTER TABLE conversation_history DROP COLUMN embedding_model;
                DROP INDEX ix_memory_items_embedding_model;
                ALTER TABLE memory_items RESET (autovacuum_vacuum_scale_factor, autovacuum_vacuum_insert_scale_factor);
                ALTER TABLE memory_items DROP COLUMN embedding_code;
                """);
        }
    }
}
