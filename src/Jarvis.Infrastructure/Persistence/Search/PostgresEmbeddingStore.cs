namespace Jarvis.Infrastructure.Persistence.Search;

internal sealed class PostgresEmbeddingStore(JarvisDbContext db) : EmbeddingStore(db)
{
    protected override Task<int> StoreItemAsync(string model, PendingEmbedding item, float[]? vector, CancellationToken cancellationToken) => ExecuteAsync(
        $"""
        UPDATE memory_items SET embedding = {(vector is null ? null : StoredVector.ToHalf(vector))}, embedding_model = {model}
        WHERE id = {item.Id} AND content = {item.Text}
        """,
        cancellationToken);

    protected override Task InsertTurnAsync(string model, Guid turn, float[] vector, CancellationToken cancellationToken) => ExecuteAsync(
        $"""
        INSERT INTO turn_embeddings (turn_id, user_id, embedding, embedding_model)
        SELECT id, user_id, {StoredVector.ToHalf(vector)}, {model} FROM conversation_history WHERE id = {turn}
        ON CONFLICT (turn_id) DO UPDATE SET embedding = excluded.embedding, embedding_model = excluded.embedding_model
        """,
        cancellationToken);
}
