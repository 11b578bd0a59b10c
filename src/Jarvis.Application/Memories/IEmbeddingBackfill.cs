namespace Jarvis.Application.Memories;

/// <summary>
/// Computes missing embeddings of memories and turns, one batch at a time. Safe to run concurrently: concurrent runs only duplicate
/// some work.
/// </summary>
public interface IEmbeddingBackfill
{
    /// <summary>An embedding model is configured.</summary>
    bool IsEnabled { get; }

    /// <exception cref="System.Data.Common.DbException">The database is unavailable.</exception>
    Task<EmbeddingBatchResult> EmbedBatchAsync(CancellationToken cancellationToken);

    /// <summary>Counts the missing embeddings, for monitoring.</summary>
    Task CountAsync(CancellationToken cancellationToken);
}

public enum EmbeddingBatchResult
{
    /// <summary>More rows may be waiting.</summary>
    Embedded,

    NothingToDo,

    /// <summary>The server is unavailable or returned an invalid response. Try again later.</summary>
    ServerUnavailable,
}
