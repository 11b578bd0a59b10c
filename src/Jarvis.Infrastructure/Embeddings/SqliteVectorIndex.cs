namespace Jarvis.Infrastructure.Embeddings;

/// <summary>The signs lie in an index beside the person and the model; <see cref="SqliteVectorFunctions"/> compares them.</summary>
internal sealed class SqliteVectorIndex : IVectorIndex
{
    // By rowid, which every index holds: the first look reads nothing but the index.
    public string Nearest(int user, int vector, int model, int count) =>
        $$"""
        near_items AS (
            SELECT rowid AS place FROM memory_items
            WHERE user_id = {{{user}}} AND embedding_model = {{{model}}} AND embedding_code IS NOT NULL
            ORDER BY hamming(embedding_code, {{{vector}}})
            LIMIT {{IVectorIndex.Oversampling}} * {{{count}}}),
        near_turns AS (
            SELECT rowid AS place FROM turn_embeddings
            WHERE user_id = {{{user}}} AND embedding_model = {{{model}}}
            ORDER BY hamming(embedding_code, {{{vector}}})
            LIMIT {{IVectorIndex.Oversampling}} * {{{count}}}),
        nearest AS (
            SELECT NULL AS turn_id, item.id AS memory_item_id, cosine(item.embedding, {{{vector}}}) AS similarity
            FROM near_items CROSS JOIN memory_items AS item ON item.rowid = near_items.place AND item.user_id = {{{user}}}
            UNION ALL
            SELECT turn.turn_id, NULL, cosine(turn.embedding, {{{vector}}})
            FROM near_turns CROSS JOIN turn_embeddings AS turn ON turn.rowid = near_turns.place AND turn.user_id = {{{user}}}
            ORDER BY similarity DESC
            LIMIT {{{count}}})
        """;

    public object Parameter(QueryVector query) => StoredVector.WithCode(query.Values);
}
