namespace Jarvis.Infrastructure.MemorySearch;

/// <summary>SQLite's FTS5, ranked by its <c>bm25()</c>. The owner is a term of the index: others' documents are not even candidates.</summary>
internal sealed class SqliteTermIndex : ITermIndex
{
    public string Ranked =>
        """
        ranked AS (
            SELECT document.id, document.turn_id, document.memory_item_id, document.terms, -bm25(search_index, 0.0, 1.0) AS score
            FROM search_index JOIN search_documents AS document ON document.id = search_index.rowid
            WHERE search_index MATCH {1} AND document.user_id = {0}
            ORDER BY score DESC
            LIMIT {2})
        """;

    public object Parameter(IEnumerable<string> terms, Guid user) =>
        $"owner : {user:N} AND terms : ({string.Join(" OR ", terms.Select(term => $"\"{term}\""))})";
}
