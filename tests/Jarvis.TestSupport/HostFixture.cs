namespace Jarvis.TestSupport;

/// <summary>The shared host without settings, started by the first test that asks for it. Each test registers its own users.</summary>
public sealed class HostFixture
{
    public Task<JarvisHost> HostAsync() => SharedHosts.GetAsync();
}
