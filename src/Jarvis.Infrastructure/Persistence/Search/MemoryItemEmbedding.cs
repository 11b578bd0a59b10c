using Jarvis.Domain.Common;
using Pgvector;

namespace Jarvis.Infrastructure.Persistence.Search;

/// <summary>Vector of a memory item, in columns of the item's row. As an entity of its own, it is not loaded with the item.</summary>
internal sealed class MemoryItemEmbedding
{
    public MemoryItemId Id { get; init; }

    public UserId UserId { get; init; }

    /// <summary>Model that processed the item; null if no model has processed its current text.</summary>
    public string? EmbeddingModel { get; init; }

    /// <summary>Vector; null if the item is not processed, or if its text cannot be embedded.</summary>
    public HalfVector? Embedding { get; init; }
}
