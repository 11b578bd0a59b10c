using Jarvis.Application.Memories;
using Microsoft.Extensions.DependencyInjection;

namespace Jarvis.Infrastructure.Embeddings;

/// <summary>Finds the newest that has no vector of the model, asks for them, and stores what still fits.</summary>
internal sealed class MemoryEmbedding(IServiceScopeFactory scopes, ITextEmbedder embedder, EmbeddingMeter meter) : IMemoryEmbedding
{
    /// <summary>Who is further behind than that is told so by this very number.</summary>
    private const int MostCounted = 10_000;

    /// <summary>Any word will do: what comes tells how many dimensions the model has, and that the server takes texts at all.</summary>
    private const string Probe = "Jarvis";

    /// <summary>What is left of a text that was refused, which most of all is for its length: even the smallest models read that much.</summary>
    private const int ShortLength = 500;

    public bool IsOn => embedder.IsConfigured;

    public async Task<EmbeddingRound> EmbedSomeAsync(CancellationToken cancellationToken)
    {
        if (embedder.Model is null && await IsRefusedAsync(cancellationToken))
        {
            return EmbeddingRound.ServerAway;
        }

        var model = embedder.Model!;
        var found = await WithStoreAsync(store => store.FindAsync(model, ITextEmbedder.MaxTexts, cancellationToken));
        if (found.Count == 0)
        {
            return EmbeddingRound.NothingToDo;
        }

        var (embedded, isAway) = await EmbedAsync(found, model, cancellationToken);
        var stored = await WithStoreAsync(store => store.StoreAsync(model, embedded, cancellationToken));
        meter.Embedded(stored);

        if (isAway)
        {
            return EmbeddingRound.ServerAway;
        }

        return stored > 0 ? EmbeddingRound.Embedded : EmbeddingRound.NothingToDo;
    }

    public async Task CountAsync(CancellationToken cancellationToken)
    {
        if (meter.IsWatched && embedder.Model is { } model)
        {
            meter.Behind(await WithStoreAsync(store => store.CountAsync(model, MostCounted, cancellationToken)));
        }
    }

    private async Task<(IReadOnlyList<EmbeddedRow> Embedded, bool IsAway)> EmbedAsync(
        IReadOnlyList<Unembedded> rows,
        string model,
        CancellationToken cancellationToken)
    {
        var said = rows.Where(row => !string.IsNullOrWhiteSpace(row.Text)).ToList();
        var silent = rows.Except(said).Select(row => new EmbeddedRow(row, Vector: null));
        if (said.Count == 0)
        {
            return ([.. silent], IsAway: false);
        }

        var answer = await AskAsync([.. said.Select(row => row.Text)], cancellationToken);
        if (answer.Failure is { Fault: EmbeddingFault.TextsRefused })
        {
            return await OneByOneAsync(said, model, cancellationToken);
        }

        // A model that changed its dimensions meanwhile has dealt with nothing yet under its new name.
        var fitting = said.Zip(answer.Vectors).Where(pair => pair.Second.Model == model).Select(pair => new EmbeddedRow(pair.First, pair.Second.Values));

        return ([.. silent, .. fitting], IsAway: answer.Failure is not null);
    }

    // One text may be too long for the model, and a server refuses the batch for it.
    private async Task<(IReadOnlyList<EmbeddedRow> Embedded, bool IsAway)> OneByOneAsync(
        List<Unembedded> rows,
        string model,
        CancellationToken cancellationToken)
    {
        var embedded = new List<EmbeddedRow>();
        foreach (var row in rows)
        {
            var answer = await AskAsync([row.Text], cancellationToken);
            if (answer.Failure is { Fault: EmbeddingFault.TextsRefused })
            {
                answer = await AskAsync([EmbeddedText.Cut(row.Text, ShortLength)], cancellationToken);
            }

            // Where it refuses any text, it is the server that is not set up, and not the text that cannot be embedded.
            var isRefused = answer.Failure is { Fault: EmbeddingFault.TextsRefused } && !await IsRefusedAsync(cancellationToken);
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

    private async Task<bool> IsRefusedAsync(CancellationToken cancellationToken) => (await AskAsync([Probe], cancellationToken)).Failure is not null;

    private async Task<EmbeddingAnswer> AskAsync(IReadOnlyList<string> texts, CancellationToken cancellationToken)
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
