namespace Jarvis.TestSupport;

/// <summary>The shared host without settings, started by the first test that asks for it. Each test registers its own users.</summary>
public sealed class HostFixture
{
    private readonly Lazy<Task<JarvisHost>> host = new(() => SharedHosts.GetAsync());

    public Task<JarvisHost> HostAsync() => host.Value;
}
