using Microsoft.Extensions.DependencyInjection;

namespace Jarvis.Infrastructure.Tests.Ai.Search;

/// <summary>Provides a database and a user without memories.</summary>
public abstract class MemorySearchTestBase(Func<Task<TestDatabase>> createDatabase) : IAsyncLifetime
{
    private protected TestDatabase database = null!;
    private protected ServiceProvider services = null!;
    private protected MemorySearchFixture anna = null!;

    public virtual async ValueTask InitializeAsync()
    {
        database = await createDatabase();
        var collection = new ServiceCollection();
        database.AddTo(collection);
        services = collection.AddSingleton(TimeProvider.System).BuildServiceProvider();
        anna = await MemorySearchFixture.CreateAsync(services);
    }

    public async ValueTask DisposeAsync()
    {
        await services.DisposeAsync();
        await database.DisposeAsync();
        GC.SuppressFinalize(this);
    }
}
