using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Jarvis.Infrastructure.Persistence.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class Import : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "source_hash",
                table: "memory_tombstones",
                type: "TEXT",
                maxLength: 64,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "external_id",
                table: "conversation",
                type: "TEXT",
                maxLength: 200,
                nullable: true);

            migrationBuilder.CreateIndex(
                name: "ix_conversation_history_conversation_id_external_id",
                table: "conversation_history",
                columns: new[] { "conversation_id", "external_id" },
                unique: true,
                filter: "external_id IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_conversation_user_id_external_id",
                table: "conversation",
                columns: new[] { "user_id", "external_id" },
                unique: true,
                filter: "external_id IS NOT NULL");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "ix_conversation_history_conversation_id_external_id",
                table: "conversation_history");

            migrationBuilder.DropIndex(
                name: "ix_conversation_user_id_external_id",
                table: "conversation");

            migrationBuilder.DropColumn(
                name: "source_hash",
                table: "memory_tombstones");

            migrationBuilder.DropColumn(
                name: "external_id",
                table: "conversation");
        }
    }
}
