namespace Jarvis.Infrastructure.Persistence.Search;

/// <summary>
/// Stores vectors and finds rows without one, for all users, because only the worker uses it. A vector is stored only if the row
/// still has the text that the vector was computed from.
/// </summary>
internal interface IEmbeddingStore
{
    /// <summary>Finds items and turns that this model has not processed, newest first. If all are processed, the end of an index shows it.</summary>
    /// <param name="withLocalOnly">True to include the texts of users who allow only local models.</param>
    Task<IReadOnlyList<PendingEmbedding>> FindAsync(string model, int count, bool withLocalOnly, CancellationToken cancellationToken);

    /// <summary>Number of rows that <see cref="FindAsync"/> finds, at most <paramref name="limit"/>.</summary>
    Task<int> CountAsync(string model, int limit, bool withLocalOnly, CancellationToken cancellationToken);

    /// <returns>Number of stored vectors. The other rows were changed or deleted.</returns>
    Task<int> StoreAsync(string model, IReadOnlyList<EmbeddedRow> embedded, CancellationToken cancellationToken);
}

/// <param name="Text">The user's words and the start of the answer.</param>
internal sealed record PendingEmbedding(bool IsTurn, Guid Id, string Text);

/// <param name="Vector">Null if the text cannot be embedded. The row then counts as processed until its text or the model changes.</param>
internal sealed record EmbeddedRow(PendingEmbedding Row, float[]? Vector);
