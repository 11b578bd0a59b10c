namespace Jarvis.Infrastructure.Persistence.Search;

/// <summary>Compares signs in a generated column, which the index stores with the user and the model. The first stage reads only the index.</summary>
internal sealed class PostgresVectorIndex : IVectorIndex
{
    // Scalar subqueries are computed once instead of for each row.
    public string Nearest(int user, int vector, int model, int count) =>
        $$"""
        near_codes AS (
            SELECT turn_id, memory_item_id
            FROM (
                SELECT NULL::uuid AS turn_id, id AS memory_item_id,
                    embedding_code <~> (SELECT binary_quantize({{{vector}}}::real[]::halfvec)) AS distance
                FROM memory_items
                WHERE user_id = {{{user}}} AND embedding_model = {{{model}}} AND embedding_code IS NOT NULL
                UNION ALL
                SELECT turn_id, NULL,
                    embedding_code <~> (SELECT binary_quantize({{{vector}}}::real[]::halfvec))
                FROM turn_embeddings
                WHERE user_id = {{{user}}} AND embedding_model = {{{model}}}) AS codes
            ORDER BY distance
            LIMIT {{IVectorIndex.Oversampling}} * {{{count}}}),
        nearest AS (
            SELECT near.turn_id, near.memory_item_id,
                1 - (coalesce(item.embedding, turn.embedding) <=> (SELECT {{{vector}}}::real[]::halfvec)) AS similarity
            FROM near_codes AS near
            LEFT JOIN memory_items AS item ON item.id = near.memory_item_id AND item.user_id = {{{user}}}
            LEFT JOIN turn_embeddings AS turn ON turn.turn_id = near.turn_id AND turn.user_id = {{{user}}}
            ORDER BY similarity DESC
            LIMIT {{{count}}})
        """;

    public object Parameter(QueryVector query) => query.Values;
}
