namespace Jarvis.Infrastructure.Ai.Embeddings;

/// <summary>The vector of what a person asks, for somebody who waits for an answer.</summary>
internal interface IQueryEmbedder
{
    /// <summary>Whether texts stay with whoever runs Jarvis: else it must not be asked for a person whose memory is kept from the cloud.</summary>
    bool IsLocal { get; }

    /// <summary>
    /// Null where none is configured, where the server is away, and after 150 ms: search then goes on by words alone. What comes
    /// later serves the next who ask the same. Throws for cancellation only.
    /// </summary>
    Task<QueryVector?> EmbedQueryAsync(string text, CancellationToken cancellationToken);
}
