using Jarvis.Domain.Common;

namespace Jarvis.Infrastructure.Ai.Embeddings;

/// <summary>
/// Waits for the server no longer than a person would not notice, and not at all while it is known to be away. Whoever asks
/// the same is served from a small cache, which is also filled by what came too late.
/// </summary>
internal sealed class QueryEmbedder(ITextEmbedder embedder, TimeProvider clock) : IQueryEmbedder
{
    private const int CacheSize = 256;
    private const int MaxConcurrency = 4;
    private static readonly TimeSpan Timeout = TimeSpan.FromMilliseconds(150);
    private static readonly TimeSpan OutageDelay = TimeSpan.FromSeconds(5);

    private readonly Lock gate = new();
    private readonly Dictionary<string, QueryVector> vectors = new(StringComparer.Ordinal);
    private readonly Queue<string> oldest = [];
    private readonly Dictionary<string, Running> running = new(StringComparer.Ordinal);
    private DateTimeOffset unavailableUntil = DateTimeOffset.MinValue;

    public bool IsLocal => embedder.IsLocal;

    public async Task<QueryVector?> EmbedQueryAsync(string text, CancellationToken cancellationToken)
    {
        text = text.Truncate(ITextEmbedder.MaxLength).Trim();
        if (!embedder.IsConfigured || text.Length == 0)
        {
            return null;
        }

        var (known, asked, left) = Find(text);
        if (asked is null || left <= TimeSpan.Zero)
        {
            return known;
        }

        try
        {
            return await asked.WaitAsync(left, clock, cancellationToken);
        }
        catch (TimeoutException)
        {
            return null;
        }
    }

    private (QueryVector? Known, Task<QueryVector?>? Asked, TimeSpan Left) Find(string text)
    {
        lock (gate)
        {
            var now = clock.GetUtcNow();
            if (vectors.TryGetValue(text, out var known))
            {
                return (known, null, default);
            }

            // While another call is overdue nobody waits, but some still ask for later.
            var left = running.Values.Any(call => now - call.Since >= Timeout) ? TimeSpan.Zero : Timeout;
            if (running.TryGetValue(text, out var same))
            {
                return (null, same.Asked, left);
            }

            if (now < unavailableUntil || running.Count >= MaxConcurrency)
            {
                return (null, null, default);
            }

            // Past the lock: a call that ends at once must find itself among those that run.
            var asked = Task.Run(() => EmbedAsync(text));
            running[text] = new Running(now, asked);

            return (null, asked, left);
        }
    }

    // Not with the caller's token: what comes too late for one is there for the next.
    private async Task<QueryVector?> EmbedAsync(string text)
    {
        var answer = await embedder.EmbedAsync([text], CancellationToken.None);
        lock (gate)
        {
            running.Remove(text);
            if (answer.Failure is not null)
            {
                unavailableUntil = clock.GetUtcNow() + (answer.Failure.Fault == EmbeddingFault.TextsRejected ? TimeSpan.Zero : OutageDelay);

                return null;
            }

            if (vectors.TryAdd(text, answer.Vectors[0]))
            {
                oldest.Enqueue(text);
            }

            if (oldest.Count > CacheSize)
            {
                vectors.Remove(oldest.Dequeue());
            }

            return answer.Vectors[0];
        }
    }

    private sealed record Running(DateTimeOffset Since, Task<QueryVector?> Asked);
}
