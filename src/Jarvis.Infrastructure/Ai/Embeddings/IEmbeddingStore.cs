namespace Jarvis.Infrastructure.Ai.Embeddings;

/// <summary>
/// Where vectors lie, and what has none yet: of everybody, because it serves the worker alone. A vector is stored only beside
/// the very text it was made of: what was edited or forgotten meanwhile stays as it is.
/// </summary>
internal interface IEmbeddingStore
{
    /// <summary>Items and turns that this model has not dealt with, the newest first. Where there is nothing, that is seen from the end of an index.</summary>
    Task<IReadOnlyList<PendingEmbedding>> FindAsync(string model, int count, CancellationToken cancellationToken);

    /// <summary>As <see cref="FindAsync"/> would find, but only their number, and no more than <paramref name="most"/>.</summary>
    Task<int> CountAsync(string model, int most, CancellationToken cancellationToken);

    /// <returns>How many were stored; the others were changed or are gone.</returns>
    Task<int> StoreAsync(string model, IReadOnlyList<EmbeddedRow> embedded, CancellationToken cancellationToken);
}

/// <param name="Text">What the person said, and the start of what was answered.</param>
internal sealed record PendingEmbedding(bool IsTurn, Guid Id, string Text);

/// <param name="Vector">Null where there is none to be had: the row counts as dealt with until its text or the model changes.</param>
internal sealed record EmbeddedRow(PendingEmbedding Row, float[]? Vector);
