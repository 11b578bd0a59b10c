using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Jarvis.Infrastructure.Persistence.Postgres.Migrations
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
            migrationBuilder.DropForeignKey(
                name: "fk_turn_memories_memory_items_memory_item_id",
                table: "turn_memories");

            migrationBuilder.AddColumn<bool>(
                name: "local_models_only",
                table: "user_config",
                type: "boolean",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<bool>(
                name: "from_item",
                table: "turn_memories",
                type: "boolean",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "edited_at",
                table: "memory_items",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<bool>(
                name: "rebuild",
                table: "conversation_summary",
                type: "boolean",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<string>(
                name: "recall",
                table: "conversation_history",
                type: "character varying(20)",
                maxLength: 20,
                nullable: false,
                defaultValue: "asked");

            migrationBuilder.AddColumn<bool>(
                name: "without_memory",
                table: "conversation",
                type: "boolean",
                nullable: false,
                defaultValue: false);

            migrationBuilder.CreateIndex(
                name: "ix_conversation_summary_rebuild",
                table: "conversation_summary",
                column: "rebuild",
                filter: "rebuild");

            migrationBuilder.AddForeignKey(
                name: "fk_turn_memories_memory_items_memory_item_id",
                table: "turn_memories",
                column: "memory_item_id",
                principalTable: "memory_items",
                principalColumn: "id",
                onDelete: ReferentialAction.SetNull);

            migrationBuilder.Sql("UPDATE turn_memories SET from_item = true WHERE memory_item_id IS NOT NULL;");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropForeignKey(
                name: "fk_turn_memories_memory_items_memory_item_id",
                table: "turn_memories");

            migrationBuilder.DropIndex(
                name: "ix_conversation_summary_rebuild",
                table: "conversation_summary");

            migrationBuilder.DropColumn(
                name: "local_models_only",
                table: "user_config");

            migrationBuilder.DropColumn(
                name: "from_item",
                table: "turn_memories");

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

            migrationBuilder.AddForeignKey(
                name: "fk_turn_memories_memory_items_memory_item_id",
                table: "turn_memories",
                column: "memory_item_id",
                principalTable: "memory_items",
                principalColumn: "id",
                onDelete: ReferentialAction.Cascade);
        }
    }
}
