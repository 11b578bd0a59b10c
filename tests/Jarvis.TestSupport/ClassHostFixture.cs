namespace Jarvis.TestSupport;

/// <summary>One host without settings for the tests of one class, which may restart it.</summary>
public sealed class ClassHostFixture : IAsyncDisposable
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
