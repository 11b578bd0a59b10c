using System.Runtime.CompilerServices;
using Jarvis.Application.Memories;
using Jarvis.Domain.Accounts;
using Jarvis.Domain.Common;
using Jarvis.Domain.Conversations;
using Jarvis.Domain.Memories;
using Jarvis.Infrastructure.Ai.Embeddings;
using Jarvis.Infrastructure.Persistence;
using Jarvis.Infrastructure.Persistence.Search;
using Jarvis.TestSupport.Output;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Jarvis.Infrastructure.Tests.Ai.Embeddings;

/// <summary>A database, an embedding server, and the work of the embedding worker.</summary>
internal sealed class EmbeddedMemory : IAsyncDisposable
{
    private readonly TestDatabase database;
    private readonly ServiceProvider services;

    private EmbeddedMemory(TestDatabase database, OpenAiStandIn server, string model)
    {
        this.database = database;
        Server = server;
        services = Start(model);
    }

    public OpenAiStandIn Server { get; }

    public IServiceProvider Services => services;

    public IEmbeddingBackfill Embedding => services.GetRequiredService<IEmbeddingBackfill>();

    public static async Task<EmbeddedMemory> CreateAsync(TestDatabase database) =>
        new(database, await OpenAiStandIn.StartAsync(), "first");

    /// <summary>Starts another process on the same data, optionally with another model.</summary>
    public ServiceProvider Start(string model)
    {
        var settings = new Dictionary<string, string?> { ["Memory:Embeddings:BaseUrl"] = Server.BaseUrl.ToString(), ["Memory:Embeddings:Model"] = model };
        var collection = new ServiceCollection().AddCapturedLogging();
        database.AddTo(collection);

        return collection.AddEmbeddings(new ConfigurationBuilder().AddInMemoryCollection(settings).Build()).BuildServiceProvider();
    }

    /// <summary>Embeds batches, as the worker does, until all texts have a vector.</summary>
    public async Task EmbedAllAsync(IServiceProvider? process = null)
    {
        var embedding = (process ?? services).GetRequiredService<IEmbeddingBackfill>();
        EmbeddingBatchResult result;
        do
        {
            result = await embedding.EmbedBatchAsync(CancellationToken.None);
        }
        while (result == EmbeddingBatchResult.Embedded);

        result.Should().Be(EmbeddingBatchResult.NothingToDo);
    }

    public async Task<IReadOnlyList<Nearest>> NearestAsync(UserId user, string text, int count = 10, IServiceProvider? process = null)
    {
        await using var scope = (process ?? services).CreateAsyncScope();
        var embedded = await scope.ServiceProvider.GetRequiredService<ITextEmbedder>().EmbedAsync([text], CancellationToken.None);

        return await NearestAsync(process ?? services, user, embedded.Vectors.Single(), count);
    }

    /// <summary>Finds the nearest vectors by the part of the search statement that finds them.</summary>
    public static async Task<IReadOnlyList<Nearest>> NearestAsync(IServiceProvider process, UserId user, QueryVector query, int count)
    {
        await using var scope = process.CreateAsyncScope();
        var index = scope.ServiceProvider.GetRequiredService<IVectorIndex>();
        var statement =
            $"WITH {index.Nearest(user: 0, vector: 1, model: 2, count: 3)} SELECT turn_id AS turn, memory_item_id AS item, similarity FROM nearest ORDER BY similarity DESC";
        var rows = await scope.ServiceProvider.GetRequiredService<JarvisDbContext>().Database
            .SqlQuery<NearestRow>(FormattableStringFactory.Create(statement, user.Value, index.Parameter(query), query.Model, count))
            .ToListAsync();

        return [.. rows.Select(row => new Nearest(
            row.Turn is { } turn ? TurnId.From(turn) : null,
            row.Item is { } item ? MemoryItemId.From(item) : null,
            row.Similarity))];
    }

    public async Task<T> QueryAsync<T>(FormattableString statement)
    {
        await using var scope = services.CreateAsyncScope();
        var rows = await scope.ServiceProvider.GetRequiredService<JarvisDbContext>().Database.SqlQuery<T>(statement).ToListAsync();

        return rows.Single();
    }

    public async ValueTask DisposeAsync()
    {
        await services.DisposeAsync();
        await Server.DisposeAsync();
    }

    private sealed record NearestRow(Guid? Turn, Guid? Item, double Similarity);
}

/// <param name="Similarity">Cosine of the two vectors.</param>
internal sealed record Nearest(TurnId? Turn, MemoryItemId? Item, double Similarity);
