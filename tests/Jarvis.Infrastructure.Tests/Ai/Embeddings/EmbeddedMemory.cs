using Jarvis.Application.Memories;
using Jarvis.Domain.Common;
using Jarvis.Infrastructure.Ai.Embeddings;
using Jarvis.Infrastructure.Persistence;
using Jarvis.TestSupport.Database;
using Jarvis.TestSupport.Output;
using Jarvis.TestSupport.StandIns;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Jarvis.Infrastructure.Tests.Ai.Embeddings;

/// <summary>A database, a server for embeddings, and what the worker does with the two.</summary>
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

    /// <summary>Another process on the same data, maybe with another model.</summary>
    public ServiceProvider Start(string model)
    {
        var settings = new Dictionary<string, string?> { ["Memory:Embeddings:BaseUrl"] = Server.BaseUrl.ToString(), ["Memory:Embeddings:Model"] = model };
        var collection = new ServiceCollection().AddCapturedLogging();
        database.AddTo(collection);

        return collection.AddEmbeddings(new ConfigurationBuilder().AddInMemoryCollection(settings).Build()).BuildServiceProvider();
    }

    /// <summary>As the worker does, until it has nothing to do.</summary>
    public async Task EmbedAllAsync(IServiceProvider? process = null)
    {
        var embedding = (process ?? services).GetRequiredService<IEmbeddingBackfill>();
        EmbeddingBatchResult round;
        do
        {
            round = await embedding.EmbedBatchAsync(CancellationToken.None);
        }
        while (round == EmbeddingBatchResult.Embedded);

        round.Should().Be(EmbeddingBatchResult.NothingToDo);
    }

    public async Task<IReadOnlyList<Nearest>> NearestAsync(UserId user, string text, int count = 10, IServiceProvider? process = null)
    {
        await using var scope = (process ?? services).CreateAsyncScope();
        var asked = await scope.ServiceProvider.GetRequiredService<ITextEmbedder>().EmbedAsync([text], CancellationToken.None);

        return await scope.ServiceProvider.GetRequiredService<INearestMemories>().FindAsync(user, asked.Vectors.Single(), count, CancellationToken.None);
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
}
