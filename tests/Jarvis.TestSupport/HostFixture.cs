namespace Jarvis.TestSupport;

/// <summary>One Jarvis host for the tests of a class; each test registers its own users.</summary>
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
