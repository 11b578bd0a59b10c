using Jarvis.Domain.Common;
using Pgvector;

namespace Jarvis.Infrastructure.Persistence.Search;

/// <summary>Vector of a turn. A turn without a row has no vector.</summary>
internal sealed class TurnEmbedding
{
    public TurnId TurnId { get; init; }

    public UserId UserId { get; init; }

    /// <summary>Model that computed the vector, with its number of dimensions.</summary>
    public required string EmbeddingModel { get; init; }

    public required HalfVector Embedding { get; init; }
}
