using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Jarvis.Infrastructure.Persistence.Sqlite.Migrations
{
    /// <summary>
    /// Postings, as PostgreSQL has them, in the place of the full-text index: which document of a person has which term, how often,
    /// and how long the document is. Triggers keep them in step with search_documents, also where a cascade deletes. They are
    /// filled when the terms of all documents are cut again, right after.
    /// </summary>
    public partial class SearchByPassages : Migration
    {
        private const string Terms = "SELECT value FROM json_each('[\"' || replace({0}.terms, ' ', '\",\"') || '\"]') WHERE value <> ''";

        private static readonly string Post =
            $"""
            INSERT INTO search_postings (user_id, term, document_id, frequency, length)
            SELECT new.user_id, word.value, new.id, count(*), length(new.terms) - length(replace(new.terms, ' ', '')) + (new.terms <> '')
            FROM ({string.Format(null, Terms, "new")} UNION ALL SELECT '') AS word
            GROUP BY word.value;
            """;

        private static readonly string Unpost =
            $"""
            DELETE FROM search_postings
            WHERE user_id = old.user_id AND document_id = old.id AND term IN ({string.Format(null, Terms, "old")} UNION ALL SELECT '');
            """;

        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<int>(
                name: "terms_version",
                table: "search_documents",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.Sql("DROP TRIGGER search_documents_updated;");
            migrationBuilder.Sql("DROP TRIGGER search_documents_deleted;");
            migrationBuilder.Sql("DROP TRIGGER search_documents_inserted;");
            migrationBuilder.Sql("DROP TABLE search_index;");
            migrationBuilder.Sql("DROP VIEW search_source;");
            migrationBuilder.Sql(
                """
                CREATE TABLE search_postings (
                    user_id TEXT NOT NULL,
                    term TEXT NOT NULL,
                    document_id INTEGER NOT NULL,
                    frequency INTEGER NOT NULL,
                    length INTEGER NOT NULL,
                    PRIMARY KEY (user_id, term, document_id)) WITHOUT ROWID;
                """);
            migrationBuilder.Sql($"CREATE TRIGGER search_documents_inserted AFTER INSERT ON search_documents BEGIN {Post} END;");
            migrationBuilder.Sql($"CREATE TRIGGER search_documents_deleted AFTER DELETE ON search_documents BEGIN {Unpost} END;");
            migrationBuilder.Sql($"CREATE TRIGGER search_documents_updated AFTER UPDATE OF terms ON search_documents BEGIN {Unpost} {Post} END;");
        }

        protected override void Down(MigrationBuilder migrationBuilder) =>
            throw new System.NotSupportedException("An earlier Jarvis needs a copy of the data directory from before.");
    }
}
