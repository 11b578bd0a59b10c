namespace Jarvis.Infrastructure.Embeddings;

internal sealed class NoQueryEmbedder : IQueryEmbedder
{
    public bool IsLocal => true;

    public Task<QueryVector?> EmbedQueryAsync(string text, CancellationToken cancellationToken) => Task.FromResult<QueryVector?>(null);
}
