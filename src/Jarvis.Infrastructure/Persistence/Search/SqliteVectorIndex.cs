namespace Jarvis.Infrastructure.Persistence.Search;

/// <summary>Compares signs, which an index stores with the user and the model, by <see cref="SqliteVectorFunctions"/>.</summary>
internal sealed class SqliteVectorIndex : IVectorIndex
{
    // Every index contains the rowid, so the first stage reads only the index.
    public string Nearest(int user, int vector, int model, int count) =>
        $$"""
        near_codes AS (
            SELECT false AS is_turn, rowid AS place, hamming(embedding_code, {{{vector}}}) AS distance
            FROM memory_items
            WHERE user_id = {{{user}}} AND embedding_model = {{{model}}} AND embedding_code IS NOT NULL
            UNION ALL
            SELECT true, rowid, hamming(embedding_code, {{{vector}}})
            FROM turn_embeddings
            WHERE user_id = {{{user}}} AND embedding_model = {{{model}}}
            ORDER BY distance
            LIMIT {{IVectorIndex.Oversampling}} * {{{count}}}),
        nearest AS (
            SELECT turn.turn_id, item.id AS memory_item_id, cosine(coalesce(item.embedding, turn.embedding), {{{vector}}}) AS similarity
            FROM near_codes AS near
            LEFT JOIN memory_items AS item ON NOT near.is_turn AND item.rowid = near.place AND item.user_id = {{{user}}}
            LEFT JOIN turn_embeddings AS turn ON near.is_turn AND turn.rowid = near.place AND turn.user_id = {{{user}}}
            ORDER BY similarity DESC
            LIMIT {{{count}}})
        """;

    public object Parameter(QueryVector query) => StoredVector.WithCode(query.Values);
}
