namespace Jarvis.Infrastructure.Embeddings;

/// <summary>The signs are a generated column, and lie in the index beside the person and the model: the first look reads nothing else.</summary>
internal sealed class PostgresVectorIndex : IVectorIndex
{
    // The scalar subqueries are there to be computed once, and not for each row.
    public string Nearest(int user, int vector, int model, int count) =>
        $$"""
        near_items AS (
            SELECT id FROM memory_items
            WHERE user_id = {{{user}}} AND embedding_model = {{{model}}} AND embedding_code IS NOT NULL
            ORDER BY embedding_code <~> (SELECT binary_quantize({{{vector}}}::real[]::halfvec))
            LIMIT {{IVectorIndex.Oversampling}} * {{{count}}}),
        near_turns AS (
            SELECT turn_id FROM turn_embeddings
            WHERE user_id = {{{user}}} AND embedding_model = {{{model}}}
            ORDER BY embedding_code <~> (SELECT binary_quantize({{{vector}}}::real[]::halfvec))
            LIMIT {{IVectorIndex.Oversampling}} * {{{count}}}),
        nearest AS (
            SELECT NULL::uuid AS turn_id, item.id AS memory_item_id,
                1 - (item.embedding <=> (SELECT {{{vector}}}::real[]::halfvec)) AS similarity
            FROM near_items JOIN memory_items AS item ON item.id = near_items.id AND item.user_id = {{{user}}}
            UNION ALL
            SELECT turn.turn_id, NULL::uuid,
                1 - (turn.embedding <=> (SELECT {{{vector}}}::real[]::halfvec))
            FROM near_turns JOIN turn_embeddings AS turn ON turn.turn_id = near_turns.turn_id AND turn.user_id = {{{user}}}
            ORDER BY similarity DESC
            LIMIT {{{count}}})
        """;

    public object Parameter(QueryVector query) => query.Values;
}
