using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Jarvis.Infrastructure.Persistence.Sqlite.Migrations
{
    /// <summary>
    /// What was given to an answer stays known as given once it is forgotten: a row without its item used to go with it, and one
    /// that never had an item is an earlier turn.
    /// </summary>
    public partial class SeeAndRule : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<bool>(
                name: "local_models_only",
                table: "user_config",
                type: "INTEGER",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<string>(
                name: "edited_at",
                table: "memory_items",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<bool>(
                name: "rebuild",
                table: "conversation_summary",
                type: "INTEGER",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<string>(
                name: "recall",
                table: "conversation_history",
                type: "TEXT",
                maxLength: 20,
                nullable: false,
                defaultValue: "asked");

            migrationBuilder.AddColumn<bool>(
                name: "without_memory",
                table: "conversation",
                type: "INTEGER",
                nullable: false,
                defaultValue: false);

            migrationBuilder.CreateIndex(
                name: "ix_conversation_summary_rebuild",
                table: "conversation_summary",
                column: "rebuild",
                filter: "rebuild");

            Remake(migrationBuilder, "SET NULL", "from_item INTEGER NOT NULL,", ", from_item", ", memory_item_id IS NOT NULL");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "ix_conversation_summary_rebuild",
                table: "conversation_summary");

            migrationBuilder.DropColumn(
                name: "local_models_only",
                table: "user_config");

            migrationBuilder.DropColumn(
                name: "edited_at",
                table: "memory_items");

            migrationBuilder.DropColumn(
                name: "rebuild",
                table: "conversation_summary");

            migrationBuilder.DropColumn(
                name: "recall",
                table: "conversation_history");

            migrationBuilder.DropColumn(
                name: "without_memory",
                table: "conversation");

            Remake(migrationBuilder, "CASCADE", "", "", "");
        }

        // By hand: Entity Framework would switch foreign keys off for it, which no transaction can undo. Nothing refers to this table.
        private static void Remake(MigrationBuilder migrationBuilder, string onForget, string column, string added, string value)
        {
            migrationBuilder.Sql("ALTER TABLE turn_memories RENAME TO turn_memories_before;");
            migrationBuilder.Sql(
                $"""
                CREATE TABLE turn_memories (
                    position INTEGER NOT NULL,
                    turn_id TEXT NOT NULL,
                    memory_item_id TEXT NULL,
                    {column}
                    source_turn_id TEXT NULL,
                    CONSTRAINT pk_turn_memories PRIMARY KEY (turn_id, position),
                    CONSTRAINT fk_turn_memories_conversation_history_source_turn_id
                        FOREIGN KEY (source_turn_id) REFERENCES conversation_history (id) ON DELETE SET NULL,
                    CONSTRAINT fk_turn_memories_conversation_history_turn_id
                        FOREIGN KEY (turn_id) REFERENCES conversation_history (id) ON DELETE CASCADE,
                    CONSTRAINT fk_turn_memories_memory_items_memory_item_id
                        FOREIGN KEY (memory_item_id) REFERENCES memory_items (id) ON DELETE {onForget});
                """);
            migrationBuilder.Sql(
                $"""
                INSERT INTO turn_memories (position, turn_id, memory_item_id, source_turn_id{added})
                SELECT position, turn_id, memory_item_id, source_turn_id{value} FROM turn_memories_before;
                """);
            migrationBuilder.Sql("DROP TABLE turn_memories_before;");
            migrationBuilder.Sql("CREATE INDEX ix_turn_memories_memory_item_id ON turn_memories (memory_item_id);");
            migrationBuilder.Sql("CREATE INDEX ix_turn_memories_source_turn_id ON turn_memories (source_turn_id);");
        }
    }
}
