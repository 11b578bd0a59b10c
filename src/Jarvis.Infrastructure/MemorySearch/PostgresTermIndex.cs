namespace Jarvis.Infrastructure.MemorySearch;

/// <summary>
/// BM25 over postings of our own (<c>search_postings</c>), each person's a range of one index: PostgreSQL's <c>ts_rank</c>
/// does not know how rare a word is. The posting of the empty term tells of each document that it is there, and its length.
/// </summary>
internal sealed class PostgresTermIndex : ITermIndex
{
    // The usual weights: how soon a repeated word counts no more (1.2), and how much a long document must make up for (0.75).
    public string Ranked =>
        """
        collection AS (
            SELECT count(*) AS documents, greatest(avg(length), 1) AS length
            FROM search_postings
            WHERE user_id = {0} AND term = ''),
        matched AS MATERIALIZED (
            SELECT term, document_id, frequency, length
            FROM search_postings
            WHERE user_id = {0} AND term = ANY ({1})),
        sought AS (
            SELECT matched.term, ln(1 + (collection.documents - count(*) + 0.5) / (count(*) + 0.5)) AS rarity
            FROM matched CROSS JOIN collection
            GROUP BY matched.term, collection.documents),
        best AS (
            SELECT
                matched.document_id,
                sum(sought.rarity * matched.frequency * 2.2
                    / (matched.frequency + 1.2 * (0.25 + 0.75 * matched.length / collection.length)))::double precision AS score
            FROM matched JOIN sought ON sought.term = matched.term CROSS JOIN collection
            GROUP BY matched.document_id
            ORDER BY score DESC
            LIMIT {2}),
        ranked AS (
            SELECT document.id, document.turn_id, document.memory_item_id, document.terms, best.score
            FROM best JOIN search_documents AS document ON document.id = best.document_id AND document.user_id = {0})
        """;

    public object Parameter(IEnumerable<string> terms, Guid user) => terms.ToArray();
}
