namespace Jarvis.Application.Memories;

/// <summary>Gives what was learned and said its vectors, a batch at a time. Safe when several do it at once: they only do some of it twice.</summary>
public interface IEmbeddingBackfill
{
    /// <summary>Whether there is anything to do it with.</summary>
    bool IsEnabled { get; }

    /// <exception cref="System.Data.Common.DbException">The database does not answer.</exception>
    Task<EmbeddingBatchResult> EmbedBatchAsync(CancellationToken cancellationToken);

    /// <summary>Counts what is left to do, for whoever watches the figures.</summary>
    Task CountAsync(CancellationToken cancellationToken);
}

public enum EmbeddingBatchResult
{
    /// <summary>There may be more.</summary>
    Embedded,

    NothingToDo,

    /// <summary>The server cannot be asked, or answers with nothing of use: later.</summary>
    ServerUnavailable,
}
