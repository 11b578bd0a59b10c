using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Jarvis.Infrastructure.Persistence.Postgres.Migrations
{
    /// <summary>
    /// Where embeddings lie. Without a fixed number of dimensions, so that another model needs no migration, and without an
    /// index: docs/decisions says what was measured.
    /// </summary>
    public partial class Embeddings : Migration
    {
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql("CREATE EXTENSION IF NOT EXISTS vector;");
            migrationBuilder.Sql("ALTER TABLE memory_items ADD COLUMN embedding vector, ADD COLUMN embedding_model text;");
        }

        protected override void Down(MigrationBuilder migrationBuilder) =>
            migrationBuilder.Sql("ALTER TABLE memory_items DROP COLUMN embedding, DROP COLUMN embedding_model;");
    }
}
