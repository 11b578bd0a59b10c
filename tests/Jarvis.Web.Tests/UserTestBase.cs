namespace Jarvis.Web.Tests;

/// <summary>Provides a host and a new user of it.</summary>
public abstract class UserTestBase(Func<Task<JarvisHost>> findHost) : IAsyncLifetime
{
    private protected JarvisHost host = null!;
    private protected JarvisClient person = null!;

    public async ValueTask InitializeAsync()
    {
        host = await findHost();
        person = await JarvisClient.RegisterAsync(host);
    }

    public ValueTask DisposeAsync()
    {
        person.Dispose();
        GC.SuppressFinalize(this);

        return ValueTask.CompletedTask;
    }
}
