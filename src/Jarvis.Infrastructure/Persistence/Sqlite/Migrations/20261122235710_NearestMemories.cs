using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Jarvis.Infrastructure.Persistence.Sqlite.Migrations
{
    /// <summary>
    /// Where vectors lie, the signs of all vectors in an index that a search reads alone, and what the worker finds by: whatever
    /// <c>embedding_model</c> has not dealt with. docs/decisions/0011-nearest-memories.md says what was measured. Triggers take a
    /// vector away with the text it was made of, so that nobody who changes one can forget the other. A later migration that has
    /// SQLite write one of these tables anew must add these columns, indexes and triggers again: the model does not know them.
    /// </summary>
    public partial class NearestMemories : Migration
    {
        protected override void Up(MigrationBuilder migrationBuilder)
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

        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql("DROP TRIGGER conversation_history_forgotten;");
            migrationBuilder.Sql("DROP TRIGGER memory_items_edited;");
            migrationBuilder.Sql("DROP INDEX ix_conversation_history_embedding_model;");
            migrationBuilder.Sql("DROP INDEX ix_memory_items_embedding_model;");
            migrationBuilder.Sql("DROP INDEX ix_memory_items_nearest;");
            migrationBuilder.Sql("DROP TABLE turn_embeddings;");
            migrationBuilder.Sql("ALTER TABLE conversation_history DROP COLUMN embedding_model;");
            migrationBuilder.Sql("ALTER TABLE memory_items DROP COLUMN embedding;");
            migrationBuilder.Sql("ALTER TABLE memory_items DROP COLUMN embedding_code;");
            migrationBuilder.Sql("ALTER TABLE memory_items DROP COLUMN embedding_model;");
        }
    }
}
