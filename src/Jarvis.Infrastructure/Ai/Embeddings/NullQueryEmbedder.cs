using Jarvis.Infrastructure.Persistence.Search;

namespace Jarvis.Infrastructure.Ai.Embeddings;

internal sealed class NullQueryEmbedder : IQueryEmbedder
{
    public bool IsLocal => true;

    public Task<QueryVector?> EmbedQueryAsync(string text, CancellationToken cancellationToken) => Task.FromResult<QueryVector?>(null);
}
