namespace Jarvis.Infrastructure.Persistence.Search;

internal sealed class SqliteEmbeddingStore(JarvisDbContext db) : EmbeddingStore(db)
{
    protected override Task<int> StoreItemAsync(string model, PendingEmbedding item, float[]? vector, CancellationToken cancellationToken) => ExecuteAsync(
        $"""
        UPDATE memory_items SET
            embedding = {(vector is null ? null : StoredVector.Encode(vector))},
            embedding_code = {(vector is null ? null : StoredVector.ComputeCode(vector))},
            embedding_model = {model}
        WHERE id = {item.Id} AND content = {item.Text}
        """,
        cancellationToken);

    protected override Task InsertTurnAsync(string model, Guid turn, float[] vector, CancellationToken cancellationToken) => ExecuteAsync(
        $"""
        INSERT OR REPLACE INTO turn_embeddings (turn_id, user_id, embedding, embedding_code, embedding_model)
        SELECT id, user_id, {StoredVector.Encode(vector)}, {StoredVector.ComputeCode(vector)}, {model} FROM conversation_history WHERE id = {turn}
        """,
        cancellationToken);
}
