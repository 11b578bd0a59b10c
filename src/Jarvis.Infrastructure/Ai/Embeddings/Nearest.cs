using Jarvis.Domain.Common;
using Jarvis.Domain.Conversations;

namespace Jarvis.Infrastructure.Ai.Embeddings;

/// <summary>A turn or a memory item that is near to a question.</summary>
/// <param name="Similarity">The cosine: 1 for the same direction, about 0 for nothing in common. What counts as near differs with the model.</param>
internal sealed record Nearest(TurnId? Turn, MemoryItemId? Item, double Similarity);
