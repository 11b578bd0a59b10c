using System.Globalization;

namespace Jarvis.Infrastructure.Persistence.Search;

/// <summary>Reads postings of a user and term as one range of an index. PostgreSQL's own <c>ts_rank</c> does not consider how rare a word is.</summary>
internal sealed class PostgresTermIndex(IVectorIndex vectors) : ITermIndex
{
    private readonly string byWords = Search(null);
    private readonly string byBoth = Search(vectors.Nearest(user: 0, SearchSql.Vector, SearchSql.Model, SearchSql.Wanted));

    public string Sql(bool nearest) => nearest ? byBoth : byWords;

    public object Parameter(IReadOnlyList<string> terms) => terms.ToArray();

    private static string Search(string? nearest) => SearchSql.Build(
        matched:
            $$"""
            SELECT sought.term, posting.document_id, posting.frequency, posting.length
            FROM unnest({{{SearchSql.Terms(nearest is not null)}}}) AS sought(term) CROSS JOIN LATERAL (
                SELECT document_id, CAST(frequency AS double precision) AS frequency, CAST(length AS double precision) AS length
                FROM search_postings
                WHERE user_id = {0} AND term = sought.term
                ORDER BY document_id DESC
                LIMIT {{SearchSql.MaxPostingsPerTerm.ToString(CultureInfo.InvariantCulture)}}) AS posting
            """,
        neighbours:
            """
            SELECT near.id
            FROM hit CROSS JOIN LATERAL (
                (SELECT before.id FROM conversation_history AS before
                    WHERE before.conversation_id = hit.conversation_id AND before.id < hit.id AND before.user_id = {0}
                    ORDER BY before.id DESC LIMIT 2)
                UNION ALL
                (SELECT after.id FROM conversation_history AS after
                    WHERE after.conversation_id = hit.conversation_id AND after.id > hit.id AND after.user_id = {0}
                    ORDER BY after.id LIMIT 2)) AS near
            """,
        nearest,
        greatest: "greatest",
        join: "string_agg",
        uuid: "uuid",
        timestamp: "timestamp with time zone");
}
