using Jarvis.Infrastructure.Tests.Ai.Search;

namespace Jarvis.Infrastructure.Tests.Ai.Embeddings;

/// <summary>Provides a database with an embedding server, and a user.</summary>
public abstract class EmbeddedMemoryTestBase(Func<Task<TestDatabase>> createDatabase) : IAsyncLifetime
{
    private protected TestDatabase database = null!;
    private protected EmbeddedMemory memory = null!;
    private protected MemorySearchFixture anna = null!;

    public async ValueTask InitializeAsync()
    {
        database = await createDatabase();
        memory = await EmbeddedMemory.CreateAsync(database);
        anna = await MemorySearchFixture.CreateAsync(memory.Services);
    }

    public async ValueTask DisposeAsync()
    {
        await memory.DisposeAsync();
        await database.DisposeAsync();
        GC.SuppressFinalize(this);
    }
}
