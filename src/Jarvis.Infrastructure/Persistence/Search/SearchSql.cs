using System.Globalization;
using Jarvis.Domain.Conversations;

namespace Jarvis.Infrastructure.Persistence.Search;

/// <summary>
/// The single statement of a search, for both engines. It finds the user's ({0}) documents with any of the terms and takes the best by
/// BM25. It returns their items with the successors, their turns, the turns with ids from {1} to {2}, and the neighbours of these
/// turns. With vectors ({3} to {5}) it also returns what is nearest to the question. The terms are the last parameter. Each table
/// has its own condition on the user.
/// </summary>
internal static class SearchSql
{
    // Rows are selected by IN instead of a join. For a join, SQLite read all rows of a user and checked each of them.

    /// <summary>Number of documents that reach the ranking by passages, which may rank the last of them first. Sixty found no more and took a fifth more time.</summary>
    private const int Candidates = 45;

    /// <summary>
    /// Maximum number of postings for one term; the latest are used. A word in more documents does not distinguish them and would
    /// take most of the time.
    /// </summary>
    public const int MaxPostingsPerTerm = 1_000;

    /// <summary>Maximum number of documents that are counted. Beyond it a rare word is rare enough, and counting all documents would take longer than the search.</summary>
    private const int SampleSize = 10_000;

    /// <summary>Parameter numbers of the question's vector, its model and the number of results.</summary>
    public const int Vector = 3;
    public const int Model = 4;
    public const int Wanted = 5;

    /// <summary>Parameter number of the terms, with or without a vector.</summary>
    public static int Terms(bool nearest) => nearest ? 6 : 3;

    /// <summary>Maximum length of a prompt or an answer that is searched. A pasted book is found by its beginning.</summary>
    private const int SideMaxLength = 16_000;

    /// <summary>Maximum length of an answer that counts as an echo: a short answer that received memories repeats them.</summary>
    private const int EchoMaxLength = 400;

    /// <param name="matched"><c>(term, document_id, frequency, length)</c>: the user's postings of the terms, with frequency and length as floating-point numbers.</param>
    /// <param name="neighbours"><c>(id)</c>: the turns directly before and after those in <c>hit (id, conversation_id)</c>.</param>
    /// <param name="nearest">Common table expressions that end with <c>nearest (turn_id, memory_item_id, similarity)</c>; null for search by words alone.</param>
    /// <param name="greatest">The function for the greater of two values.</param>
    /// <param name="join">The function that joins texts of a group with a space.</param>
    /// <param name="uuid">The type of an id.</param>
    /// <param name="timestamp">The type of a time.</param>
    public static string Build(string matched, string neighbours, string? nearest, string greatest, string join, string uuid, string timestamp) =>
        $$"""
        WITH RECURSIVE collection AS (
            SELECT
                (SELECT count(*) FROM (SELECT 1 FROM search_postings WHERE user_id = {0} AND term = '' LIMIT {{Counted}}) AS counted) AS documents,
                CAST({{greatest}}(avg(length), 1) AS double precision) AS length
            FROM (SELECT length FROM search_postings WHERE user_id = {0} AND term = '' ORDER BY document_id DESC LIMIT {{Sample}}) AS latest),
        matched AS MATERIALIZED ({{matched}}),
        sought AS (
            SELECT
                matched.term, count(*) AS documents,
                CAST(ln(1 + (collection.documents - count(*) + 0.5) / (count(*) + 0.5)) AS double precision) AS rarity
            FROM matched CROSS JOIN collection
            GROUP BY matched.term, collection.documents),
        best AS (
            SELECT
                matched.document_id,
                sum(sought.rarity * matched.frequency * 2.2
                    / (matched.frequency + 1.2 * (0.25 + 0.75 * matched.length / collection.length))) AS score
            FROM matched JOIN sought ON sought.term = matched.term CROSS JOIN collection
            GROUP BY matched.document_id
            ORDER BY score DESC
            LIMIT {{Candidates.ToString(CultureInfo.InvariantCulture)}}),
        ranked AS MATERIALIZED (
            SELECT document.turn_id, document.memory_item_id
            FROM search_documents AS document
            WHERE document.id IN (SELECT document_id FROM best) AND document.user_id = {0}),
        frequencies AS (
            SELECT {{join}}(term || ' ' || documents, ' ') AS text
            FROM (SELECT term, documents FROM sought UNION ALL SELECT '', documents FROM collection) AS counted),
        {{nearest ?? $"nearest AS (SELECT CAST(NULL AS {uuid}) AS turn_id, CAST(NULL AS {uuid}) AS memory_item_id, NULL AS similarity WHERE FALSE)"}},
        lineage AS (
            SELECT item.id, item.superseded_by
            FROM memory_items AS item
            WHERE item.id IN (SELECT memory_item_id FROM ranked UNION SELECT memory_item_id FROM nearest) AND item.user_id = {0}
            UNION
            SELECT item.id, item.superseded_by
            FROM lineage JOIN memory_items AS item ON item.id = lineage.superseded_by AND item.user_id = {0}),
        dated AS (
            SELECT turn.id
            FROM conversation_history AS turn
            WHERE turn.user_id = {0} AND turn.id >= {1} AND turn.id < {2}
            ORDER BY turn.id
            LIMIT {{Candidates.ToString(CultureInfo.InvariantCulture)}}),
        hit AS MATERIALIZED (
            SELECT turn.id, turn.conversation_id
            FROM conversation_history AS turn
            WHERE turn.user_id = {0} AND turn.id IN (SELECT turn_id FROM ranked UNION SELECT id FROM dated UNION SELECT turn_id FROM nearest)),
        around AS (SELECT id FROM hit UNION {{neighbours}})
        SELECT
            item.id, {{True}} AS is_item, item.kind, item.conversation_id, item.source_turn_id AS turn_id, source.external_id,
            item.content AS prompt, '' AS response, item.valid_from AS at, item.valid_to AS until, item.superseded_by, '' AS ended,
            item.salience, item.pinned, CAST(nearest.similarity AS double precision) AS similarity, frequencies.text AS frequencies
        FROM memory_items AS item
        LEFT JOIN conversation_history AS source ON source.id = item.source_turn_id AND source.user_id = {0}
        LEFT JOIN nearest ON nearest.memory_item_id = item.id
        CROSS JOIN frequencies
        WHERE item.id IN (SELECT id FROM lineage) AND item.user_id = {0}
        UNION ALL
        SELECT
            turn.id, {{False}}, NULL, turn.conversation_id, turn.id, turn.external_id,
            substr(turn.prompt, 1, {{Side}}),
            CASE
                WHEN turn.model = '{{BuiltInModel.Id}}' THEN ''
                WHEN length(turn.response) < {{Echo}} AND EXISTS (SELECT 1 FROM turn_memories AS given WHERE given.turn_id = turn.id) THEN ''
                ELSE substr(turn.response, 1, {{Side}})
            END,
            turn.timestamp, CAST(NULL AS {{timestamp}}), CAST(NULL AS {{uuid}}),
            coalesce((SELECT {{join}}(item.content, ' ') FROM memory_items AS item
                WHERE item.source_turn_id = turn.id AND item.user_id = {0} AND item.valid_to IS NOT NULL), ''),
            CAST(0 AS real), {{False}}, CAST(nearest.similarity AS double precision), frequencies.text
        FROM conversation_history AS turn
        LEFT JOIN nearest ON nearest.turn_id = turn.id
        CROSS JOIN frequencies
        WHERE turn.id IN (SELECT id FROM around) AND turn.user_id = {0} AND turn.status = 'completed' AND turn.recallable
        """;

    // SQLite knows these literals since version 3.23.
    private const string True = "TRUE";
    private const string False = "FALSE";

    private static string Sample { get; } = MaxPostingsPerTerm.ToString(CultureInfo.InvariantCulture);

    private static string Counted { get; } = SampleSize.ToString(CultureInfo.InvariantCulture);

    private static string Side { get; } = SideMaxLength.ToString(CultureInfo.InvariantCulture);

    private static string Echo { get; } = EchoMaxLength.ToString(CultureInfo.InvariantCulture);
}
