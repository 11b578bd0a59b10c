using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Jarvis.Infrastructure.Persistence.Sqlite.Migrations
{
    /// <summary>
    /// The full-text index over search_documents. It holds no text of its own: the view gives it what it indexes, and triggers
    /// keep it in step, also where a cascade deletes. The owner is a word of the index, without the hyphens that would cut it.
    /// </summary>
    public partial class MemorySearchIndex : Migration
    {
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql(
                """
                CREATE VIEW search_source AS
                SELECT id, lower(replace(user_id, '-', '')) AS owner, terms FROM search_documents;
                """);
            migrationBuilder.Sql(
                """
                CREATE VIRTUAL TABLE search_index USING fts5(
                    owner, terms, content = 'search_source', content_rowid = 'id', tokenize = 'unicode61 remove_diacritics 0');
                """);
            migrationBuilder.Sql(
                """
                CREATE TRIGGER search_documents_inserted AFTER INSERT ON search_documents BEGIN
                    INSERT INTO search_index (rowid, owner, terms)
                    VALUES (new.id, lower(replace(new.user_id, '-', '')), new.terms);
                END;
                """);
            migrationBuilder.Sql(
                """
                CREATE TRIGGER search_documents_deleted AFTER DELETE ON search_documents BEGIN
                    INSERT INTO search_index (search_index, rowid, owner, terms)
                    VALUES ('delete', old.id, lower(replace(old.user_id, '-', '')), old.terms);
                END;
                """);
            migrationBuilder.Sql(
                """
                CREATE TRIGGER search_documents_updated AFTER UPDATE ON search_documents BEGIN
                    INSERT INTO search_index (search_index, rowid, owner, terms)
                    VALUES ('delete', old.id, lower(replace(old.user_id, '-', '')), old.terms);
                    INSERT INTO search_index (rowid, owner, terms)
                    VALUES (new.id, lower(replace(new.user_id, '-', '')), new.terms);
                END;
                """);
        }

        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql("DROP TRIGGER search_documents_updated;");
            migrationBuilder.Sql("DROP TRIGGER search_documents_deleted;");
            migrationBuilder.Sql("DROP TRIGGER search_documents_inserted;");
            migrationBuilder.Sql("DROP TABLE search_index;");
            migrationBuilder.Sql("DROP VIEW search_source;");
        }
    }
}
