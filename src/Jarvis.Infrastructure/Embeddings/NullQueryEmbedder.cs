namespace Jarvis.Infrastructure.Embeddings;

internal sealed class NullQueryEmbedder : IQueryEmbedder
{
    public bool IsLocal => true;

    public Task<QueryVector?> EmbedQueryAsync(string text, CancellationToken cancellationToken) => Task.FromResult<QueryVector?>(null);
}
