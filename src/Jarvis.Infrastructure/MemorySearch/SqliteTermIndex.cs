using System.Globalization;
using Jarvis.Infrastructure.Embeddings;

namespace Jarvis.Infrastructure.MemorySearch;

/// <summary>Each person's postings of a term are one range of one table.</summary>
internal sealed class SqliteTermIndex(IVectorIndex vectors) : ITermIndex
{
    // No LATERAL: a range for each term is written out.
    public string Statement(int terms, bool nearest) => SearchStatement.Of(
        matched: string.Join("\nUNION ALL ", Enumerable.Range(SearchStatement.FirstTerm(nearest), terms).Select(Matched)),
        beside: string.Join("\nUNION ", Beside("<", "DESC", 0), Beside("<", "DESC", 1), Beside(">", "ASC", 0), Beside(">", "ASC", 1)),
        nearest ? vectors.Nearest(user: 0, SearchStatement.Vector, SearchStatement.Model, SearchStatement.Wanted) : null,
        greatest: "max",
        join: "group_concat",
        uuid: "text",
        timestamp: "text");

    public object[] Parameters(IReadOnlyList<string> terms) => [.. terms];

    // As a value for each hit: then the index of the conversation's turns is what is read.
    private static string Beside(string side, string order, int skipped) => string.Create(
        CultureInfo.InvariantCulture,
        $$"""
        SELECT (
            SELECT beside.id FROM conversation_history AS beside
            WHERE beside.conversation_id = hit.conversation_id AND beside.id {{side}} hit.id AND +beside.user_id = {0}
            ORDER BY beside.id {{order}} LIMIT 1 OFFSET {{skipped}})
        FROM hit
        """);

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
