using Jarvis.Domain.Conversations;
using Jarvis.Domain.Memories;

namespace Jarvis.Infrastructure.Tests.Ai.Embeddings;

internal static class Items
{
    public static MemoryItem Learn(Turn source, string content) =>
        MemoryItem.Learn(source, MemoryKind.Fact, content, new Salience(0.5f), ContentHash.Compute(content, new byte[32]), source.Timestamp);
}
