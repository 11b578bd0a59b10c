using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Jarvis.Infrastructure.Persistence.Postgres.Migrations
{
    /// <summary>
    /// Where embeddings lie. Without a fixed number of dimensions, so that another model needs no migration; in half precision
    /// and within the row, and without an index over them: docs/decisions/0010-exact-vector-search.md says what was measured.
    /// </summary>
    public partial class Embeddings : Migration
    {
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql("CREATE EXTENSION IF NOT EXISTS vector;");
            migrationBuilder.Sql("ALTER TABLE memory_items ADD COLUMN embedding halfvec, ADD COLUMN embedding_model text;");
            migrationBuilder.Sql("ALTER TABLE memory_items ALTER COLUMN embedding SET STORAGE MAIN;");
        }

        protected override void Down(MigrationBuilder migrationBuilder) =>
            migrationBuilder.Sql("ALTER TABLE memory_items DROP COLUMN embedding, DROP COLUMN embedding_model;");
    }
}
