using Jarvis.Infrastructure.Persistence.Search;

namespace Jarvis.Infrastructure.Ai.Embeddings;

/// <summary>Computes the vector of a question while the user waits for an answer.</summary>
internal interface IQueryEmbedder
{
    /// <summary>True if the server is local. If not, do not call it for a user who keeps memory away from the cloud.</summary>
    bool IsLocal { get; }

    /// <summary>
    /// Returns the vector, or null if no server is configured, the server is unavailable, or 150 ms have passed. Search then uses words
    /// only. A late result serves the next identical question. Throws only for cancellation.
    /// </summary>
    Task<QueryVector?> EmbedQueryAsync(string text, CancellationToken cancellationToken);
}
