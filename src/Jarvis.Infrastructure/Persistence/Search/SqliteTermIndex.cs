using System.Globalization;
using System.Text.Json;

namespace Jarvis.Infrastructure.Persistence.Search;

/// <summary>Reads postings of a user and term as one range of a table.</summary>
internal sealed class SqliteTermIndex(IVectorIndex vectors) : ITermIndex
{
    private readonly string byWords = Search(null);
    private readonly string byBoth = Search(vectors.Nearest(user: 0, SearchSql.Vector, SearchSql.Model, SearchSql.Wanted));

    public string Sql(bool nearest) => nearest ? byBoth : byWords;

    public object Parameter(IReadOnlyList<string> terms) => JsonSerializer.Serialize(terms);

    // SQLite copies a common table expression to each place that names it, and preparing the copies took longer than running them.
    // Therefore the terms are one table and not one SELECT each, and the neighbours of a hit are one list.
    private static string Search(string? nearest) => SearchSql.Build(
        Matched(SearchSql.Terms(nearest is not null)),
        neighbours: $"SELECT neighbour.value FROM hit CROSS JOIN json_each(json_array({Before(0)}, {Before(1)}, {After(0)}, {After(1)})) AS neighbour",
        nearest,
        greatest: "max",
        join: "group_concat",
        uuid: "text",
        timestamp: "text");

    // SQLite has no LATERAL, so a subquery finds the oldest posting instead of a LIMIT.
    private static string Matched(int terms) => string.Create(
        CultureInfo.InvariantCulture,
        $$"""
        SELECT posting.term, posting.document_id, CAST(posting.frequency AS real) AS frequency, CAST(posting.length AS real) AS length
        FROM json_each({{{terms}}}) AS sought CROSS JOIN search_postings AS posting
        WHERE posting.user_id = {0} AND posting.term = sought.value AND posting.document_id >= coalesce((
            SELECT document_id FROM search_postings
            WHERE user_id = {0} AND term = sought.value
            ORDER BY document_id DESC
            LIMIT 1 OFFSET {{SearchSql.MaxPostingsPerTerm - 1}}), 0)
        """);

    private static string Before(int skipped) => Beside("<", "DESC", skipped);

    private static string After(int skipped) => Beside(">", "ASC", skipped);

    // A scalar subquery for each hit reads the index of the conversation's turns.
    private static string Beside(string side, string order, int skipped) => string.Create(
        CultureInfo.InvariantCulture,
        $$"""
        (SELECT beside.id FROM conversation_history AS beside
            WHERE beside.conversation_id = hit.conversation_id AND beside.id {{side}} hit.id AND +beside.user_id = {0}
            ORDER BY beside.id {{order}} LIMIT 1 OFFSET {{skipped}})
        """);
}
