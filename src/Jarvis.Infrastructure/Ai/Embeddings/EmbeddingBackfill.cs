using Jarvis.Application.Memories;
using Jarvis.Domain.Common;
using Microsoft.Extensions.DependencyInjection;

namespace Jarvis.Infrastructure.Ai.Embeddings;

/// <summary>Finds the newest that has no vector of the model, asks for them, and stores what still fits.</summary>
internal sealed class EmbeddingBackfill(IServiceScopeFactory scopes, ITextEmbedder embedder, EmbeddingMetrics meter) : IEmbeddingBackfill
{
    /// <summary>Who is further behind than that is told so by this very number.</summary>
    private const int MaxCounted = 10_000;

    /// <summary>Any word will do: what comes tells how many dimensions the model has, and that the server takes texts at all.</summary>
    private const string Probe = "Jarvis";

    /// <summary>What is left of a text that was refused, which most of all is for its length: even the smallest models read that much.</summary>
    private const int ShortLength = 500;

    public bool IsEnabled => embedder.IsConfigured;

    public async Task<EmbeddingBatchResult> EmbedBatchAsync(CancellationToken cancellationToken)
    {
        if (embedder.Model is null && await IsRejectedAsync(cancellationToken))
        {
            return EmbeddingBatchResult.ServerUnavailable;
        }

        var model = embedder.Model!;
        var found = await WithStoreAsync(store => store.FindAsync(model, ITextEmbedder.MaxTexts, cancellationToken));
        if (found.Count == 0)
        {
            return EmbeddingBatchResult.NothingToDo;
        }

        var (embedded, isAway) = await EmbedAsync(found, model, cancellationToken);
        var stored = await WithStoreAsync(store => store.StoreAsync(model, embedded, cancellationToken));
        meter.Embedded(stored);

        if (isAway)
        {
            return EmbeddingBatchResult.ServerUnavailable;
        }

        return stored > 0 ? EmbeddingBatchResult.Embedded : EmbeddingBatchResult.NothingToDo;
    }

    public async Task CountAsync(CancellationToken cancellationToken)
    {
        if (meter.IsWatched && embedder.Model is { } model)
        {
            meter.SetBacklog(await WithStoreAsync(store => store.CountAsync(model, MaxCounted, cancellationToken)));
        }
    }

    private async Task<(IReadOnlyList<EmbeddedRow> Embedded, bool IsAway)> EmbedAsync(
        IReadOnlyList<PendingEmbedding> rows,
        string model,
        CancellationToken cancellationToken)
    {
        var said = rows.Where(row => !string.IsNullOrWhiteSpace(row.Text)).ToList();
        var silent = rows.Except(said).Select(row => new EmbeddedRow(row, Vector: null));
        if (said.Count == 0)
        {
            return ([.. silent], IsAway: false);
        }

        var answer = await EmbedTextsAsync([.. said.Select(row => row.Text)], cancellationToken);
        if (answer.Failure is { Fault: EmbeddingFault.TextsRejected })
        {
            return await OneByOneAsync(said, model, cancellationToken);
        }

        // A model that changed its dimensions meanwhile has dealt with nothing yet under its new name.
        var fitting = said.Zip(answer.Vectors).Where(pair => pair.Second.Model == model).Select(pair => new EmbeddedRow(pair.First, pair.Second.Values));

        return ([.. silent, .. fitting], IsAway: answer.Failure is not null);
    }

    // One text may be too long for the model, and a server refuses the batch for it.
    private async Task<(IReadOnlyList<EmbeddedRow> Embedded, bool IsAway)> OneByOneAsync(
        List<PendingEmbedding> rows,
        string model,
        CancellationToken cancellationToken)
    {
        var embedded = new List<EmbeddedRow>();
        foreach (var row in rows)
        {
            var answer = await EmbedTextsAsync([row.Text], cancellationToken);
            if (answer.Failure is { Fault: EmbeddingFault.TextsRejected })
            {
                answer = await EmbedTextsAsync([row.Text.Truncate(ShortLength)], cancellationToken);
            }

            // Where it refuses any text, it is the server that is not set up, and not the text that cannot be embedded.
            var isRefused = answer.Failure is { Fault: EmbeddingFault.TextsRejected } && !await IsRejectedAsync(cancellationToken);
            if (answer.Failure is not null && !isRefused)
            {
                return (embedded, IsAway: true);
            }

            if (isRefused || answer.Vectors[0].Model == model)
            {
                embedded.Add(new EmbeddedRow(row, isRefused ? null : answer.Vectors[0].Values));
            }
        }

        return (embedded, IsAway: false);
    }

    private async Task<bool> IsRejectedAsync(CancellationToken cancellationToken) => (await EmbedTextsAsync([Probe], cancellationToken)).Failure is not null;

    private async Task<EmbeddingResult> EmbedTextsAsync(IReadOnlyList<string> texts, CancellationToken cancellationToken)
    {
        var answer = await embedder.EmbedAsync(texts, cancellationToken);
        if (answer.Failure is { } failure)
        {
            meter.Failed(failure.Fault);
        }

        return answer;
    }

    private async Task<T> WithStoreAsync<T>(Func<IEmbeddingStore, Task<T>> work)
    {
        await using var scope = scopes.CreateAsyncScope();

        return await work(scope.ServiceProvider.GetRequiredService<IEmbeddingStore>());
    }
}
