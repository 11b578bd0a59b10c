using System.Globalization;

namespace Jarvis.Infrastructure.MemorySearch;

/// <summary>Each person's postings of a term are one range of one table.</summary>
internal sealed class SqliteTermIndex : ITermIndex
{
    // No LATERAL: a range for each term is written out.
    public string Statement(int terms) => SearchStatement.Of(
        matched: string.Join("\nUNION ALL ", Enumerable.Range(SearchStatement.FirstTerm, terms).Select(Matched)),
        beside:
            """
            SELECT near.id
            FROM hit JOIN conversation_history AS near ON near.user_id = {0} AND near.id IN (
                SELECT id FROM (SELECT before.id FROM conversation_history AS before
                    WHERE before.conversation_id = hit.conversation_id AND before.id < hit.id AND before.user_id = {0}
                    ORDER BY before.id DESC LIMIT 2)
                UNION ALL
                SELECT id FROM (SELECT after.id FROM conversation_history AS after
                    WHERE after.conversation_id = hit.conversation_id AND after.id > hit.id AND after.user_id = {0}
                    ORDER BY after.id LIMIT 2))
            """,
        greatest: "max",
        join: "group_concat",
        uuid: "text",
        timestamp: "text");

    public object[] Parameters(IReadOnlyList<string> terms) => [.. terms];

    private static string Matched(int term) => string.Create(
        CultureInfo.InvariantCulture,
        $$"""
        SELECT term, document_id, frequency, length FROM (
            SELECT term, document_id, CAST(frequency AS real) AS frequency, CAST(length AS real) AS length
            FROM search_postings
            WHERE user_id = {0} AND term = {{{term}}}
            ORDER BY document_id DESC
            LIMIT {{SearchStatement.PostingsOfATerm}})
        """);
}
