namespace Jarvis.TestSupport;

/// <summary>One Jarvis for the tests of a class, which each bring people of their own.</summary>
public sealed class HostFixture : IAsyncDisposable
{
    private readonly Lazy<Task<JarvisHost>> host = new(() => JarvisHost.StartAsync());

    public Task<JarvisHost> HostAsync() => host.Value;

    public async ValueTask DisposeAsync()
    {
        if (host.IsValueCreated)
        {
            await (await host.Value).DisposeAsync();
        }
    }
}
