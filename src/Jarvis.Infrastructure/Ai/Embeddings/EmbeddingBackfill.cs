using Jarvis.Application.Memories;
using Jarvis.Domain.Common;
using Jarvis.Infrastructure.Persistence.Search;
using Microsoft.Extensions.DependencyInjection;

namespace Jarvis.Infrastructure.Ai.Embeddings;

/// <summary>Finds the newest rows without a vector of the current model, requests their vectors and stores them if the text is unchanged.</summary>
internal sealed class EmbeddingBackfill(IServiceScopeFactory scopes, ITextEmbedder embedder, EmbeddingMetrics metrics) : IEmbeddingBackfill
{
    /// <summary>Maximum backlog that is counted. A larger backlog is reported as this number.</summary>
    private const int MaxCounted = 10_000;

    /// <summary>Arbitrary text. Its vector shows the number of dimensions and that the server accepts texts.</summary>
    private const string Probe = "Jarvis";

    /// <summary>Length to which a rejected text is truncated. Most texts are rejected for their length, and even the smallest models read this much.</summary>
    private const int ShortLength = 500;

    public bool IsEnabled => embedder.IsConfigured;

    public async Task<EmbeddingBatchResult> EmbedBatchAsync(CancellationToken cancellationToken)
    {
        if (embedder.Model is null && await IsRejectedAsync(cancellationToken))
        {
            return EmbeddingBatchResult.ServerUnavailable;
        }

        var model = embedder.Model!;
        var found = await WithStoreAsync(store => store.FindAsync(model, ITextEmbedder.MaxTexts, embedder.IsLocal, cancellationToken));
        if (found.Count == 0)
        {
            return EmbeddingBatchResult.NothingToDo;
        }

        var (embedded, isUnavailable) = await EmbedAsync(found, model, cancellationToken);
        var stored = await WithStoreAsync(store => store.StoreAsync(model, embedded, cancellationToken));
        metrics.Embedded(stored);

        if (isUnavailable)
        {
            return EmbeddingBatchResult.ServerUnavailable;
        }

        return stored > 0 ? EmbeddingBatchResult.Embedded : EmbeddingBatchResult.NothingToDo;
    }

    public async Task CountAsync(CancellationToken cancellationToken)
    {
        if (metrics.IsWatched && embedder.Model is { } model)
        {
            metrics.SetBacklog(await WithStoreAsync(store => store.CountAsync(model, MaxCounted, embedder.IsLocal, cancellationToken)));
        }
    }

    private async Task<(IReadOnlyList<EmbeddedRow> Embedded, bool IsUnavailable)> EmbedAsync(
        IReadOnlyList<PendingEmbedding> rows,
        string model,
        CancellationToken cancellationToken)
    {
        var texts = rows.Where(row => !string.IsNullOrWhiteSpace(row.Text)).ToList();
        var empty = rows.Except(texts).Select(row => new EmbeddedRow(row, Vector: null));
        if (texts.Count == 0)
        {
            return ([.. empty], IsUnavailable: false);
        }

        var result = await EmbedTextsAsync([.. texts.Select(row => row.Text)], cancellationToken);
        if (result.Failure is { Fault: EmbeddingFault.TextsRejected })
        {
            return await OneByOneAsync(texts, model, cancellationToken);
        }

        // If the model has changed its dimensions, its key is new and the rows are processed again under that key.
        var current = texts.Zip(result.Vectors).Where(pair => pair.Second.Model == model).Select(pair => new EmbeddedRow(pair.First, pair.Second.Values));

        return ([.. empty, .. current], IsUnavailable: result.Failure is not null);
    }

    // A server rejects the whole batch if one text is too long for the model.
    private async Task<(IReadOnlyList<EmbeddedRow> Embedded, bool IsUnavailable)> OneByOneAsync(
        List<PendingEmbedding> rows,
        string model,
        CancellationToken cancellationToken)
    {
        var embedded = new List<EmbeddedRow>();
        foreach (var row in rows)
        {
            var result = await EmbedTextsAsync([row.Text], cancellationToken);
            if (result.Failure is { Fault: EmbeddingFault.TextsRejected })
            {
                result = await EmbedTextsAsync([row.Text.Truncate(ShortLength)], cancellationToken);
            }

            // If the server rejects every text, the server is misconfigured and the text is not at fault.
            var isRejected = result.Failure is { Fault: EmbeddingFault.TextsRejected } && !await IsRejectedAsync(cancellationToken);
            if (result.Failure is not null && !isRejected)
            {
                return (embedded, IsUnavailable: true);
            }

            if (isRejected || result.Vectors[0].Model == model)
            {
                embedded.Add(new EmbeddedRow(row, isRejected ? null : result.Vectors[0].Values));
            }
        }

        return (embedded, IsUnavailable: false);
    }

    private async Task<bool> IsRejectedAsync(CancellationToken cancellationToken) => (await EmbedTextsAsync([Probe], cancellationToken)).Failure is not null;

    private async Task<EmbeddingResult> EmbedTextsAsync(IReadOnlyList<string> texts, CancellationToken cancellationToken)
    {
        var result = await embedder.EmbedAsync(texts, cancellationToken);
        if (result.Failure is { } failure)
        {
            metrics.Failed(failure.Fault);
        }

        return result;
    }

    private async Task<T> WithStoreAsync<T>(Func<IEmbeddingStore, Task<T>> work)
    {
        await using var scope = scopes.CreateAsyncScope();

        return await work(scope.ServiceProvider.GetRequiredService<IEmbeddingStore>());
    }
}
