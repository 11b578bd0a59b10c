using Jarvis.Domain.Common;
using Jarvis.Infrastructure.Persistence.Search;

namespace Jarvis.Infrastructure.Ai.Embeddings;

/// <summary>
/// Waits for the server only as long as a user would not notice, and not at all while the server is known to be unavailable. A small
/// cache serves repeated questions. Late results also fill the cache.
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

        var (known, call, remaining) = Find(text);
        if (call is null || remaining <= TimeSpan.Zero)
        {
            return known;
        }

        try
        {
            return await call.WaitAsync(remaining, clock, cancellationToken);
        }
        catch (TimeoutException)
        {
            return null;
        }
    }

    private (QueryVector? Known, Task<QueryVector?>? Call, TimeSpan Remaining) Find(string text)
    {
        lock (gate)
        {
            var now = clock.GetUtcNow();
            if (vectors.TryGetValue(text, out var known))
            {
                return (known, null, default);
            }

            // While another call is overdue, no caller waits, but calls still start in order to fill the cache.
            var remaining = running.Values.Any(entry => now - entry.Since >= Timeout) ? TimeSpan.Zero : Timeout;
            if (running.TryGetValue(text, out var same))
            {
                return (null, same.Call, remaining);
            }

            if (now < unavailableUntil || running.Count >= MaxConcurrency)
            {
                return (null, null, default);
            }

            // Task.Run, because a call that completes immediately must find its entry in the dictionary.
            var call = Task.Run(() => EmbedAsync(text));
            running[text] = new Running(now, call);

            return (null, call, remaining);
        }
    }

    // Ignores the caller's token, because a late result serves the next caller.
    private async Task<QueryVector?> EmbedAsync(string text)
    {
        var result = await embedder.EmbedAsync([text], CancellationToken.None);
        lock (gate)
        {
            running.Remove(text);
            if (result.Failure is not null)
            {
                unavailableUntil = clock.GetUtcNow() + (result.Failure.Fault == EmbeddingFault.TextsRejected ? TimeSpan.Zero : OutageDelay);

                return null;
            }

            if (vectors.TryAdd(text, result.Vectors[0]))
            {
                oldest.Enqueue(text);
            }

            if (oldest.Count > CacheSize)
            {
                vectors.Remove(oldest.Dequeue());
            }

            return result.Vectors[0];
        }
    }

    private sealed record Running(DateTimeOffset Since, Task<QueryVector?> Call);
}
