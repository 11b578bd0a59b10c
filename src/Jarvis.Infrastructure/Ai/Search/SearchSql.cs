using System.Globalization;
using Jarvis.Domain.Conversations;

namespace Jarvis.Infrastructure.Ai.Search;

/// <summary>
/// The one statement of a search, as both engines understand it: the documents of the person {0} with any of the terms, the best by
/// BM25; of these the items, with what took their place, and the turns, with those whose ids lie from {1} to {2} and those beside
/// all of them. With vectors, {3} to {5}, those nearest to the question too. The terms are last. Every table is narrowed to the person by itself.
/// </summary>
internal static class SearchSql
{
    // Rows are picked by IN and not joined: for a join SQLite has taken all rows of a person and asked of each whether it is wanted.

    /// <summary>Turns that reach the ranking by passages, which may put the last of them first; sixty found no more, at a fifth more time.</summary>
    private const int Candidates = 45;

    /// <summary>
    /// A word in more documents than that tells nothing apart, and would be most of the work: of such a word the latest count.
    /// </summary>
    public const int MaxPostingsPerTerm = 1_000;

    /// <summary>With so many documents a rare word is rare enough; counting all of them would take longer than finding it.</summary>
    private const int SampleSize = 10_000;

    /// <summary>The numbers of the parameters for a question's vector, its model and how many are wanted.</summary>
    public const int Vector = 3;
    public const int Model = 4;
    public const int Wanted = 5;

    /// <summary>And of its terms, where there is a vector and where there is none.</summary>
    public static int Terms(bool nearest) => nearest ? 6 : 3;

    /// <summary>What of one side of a turn is searched; a pasted book is found by its beginning.</summary>
    private const int SideMaxLength = 16_000;

    /// <summary>A short answer that was given memories repeats them, and memory must not find its own echo.</summary>
    private const int EchoMaxLength = 400;

    /// <param name="matched"><c>(term, document_id, frequency, length)</c>: the person's postings of the terms; frequency and length as floating-point numbers.</param>
    /// <param name="beside"><c>(id)</c>: of the turns in <c>hit (id, conversation_id)</c> those just before and after, in their conversation.</param>
    /// <param name="nearest">Common table expressions that end with <c>nearest (turn_id, memory_item_id, similarity)</c>; null for search by words alone.</param>
    /// <param name="greatest">The function for the greater of two values.</param>
    /// <param name="join">The function that joins texts of a group with a space.</param>
    /// <param name="uuid">The type of an id.</param>
    /// <param name="timestamp">The type of a time.</param>
    public static string Build(string matched, string beside, string? nearest, string greatest, string join, string uuid, string timestamp) =>
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
        around AS (SELECT id FROM hit UNION {{beside}})
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

    // Both engines know the words since SQLite 3.23.
    private const string True = "TRUE";
    private const string False = "FALSE";

    private static string Sample { get; } = MaxPostingsPerTerm.ToString(CultureInfo.InvariantCulture);

    private static string Counted { get; } = SampleSize.ToString(CultureInfo.InvariantCulture);

    private static string Side { get; } = SideMaxLength.ToString(CultureInfo.InvariantCulture);

    private static string Echo { get; } = EchoMaxLength.ToString(CultureInfo.InvariantCulture);
}
