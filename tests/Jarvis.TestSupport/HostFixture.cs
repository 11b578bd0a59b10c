namespace Jarvis.TestSupport;

/// <summary>The shared host without settings, started when the first test of a class asks for it.</summary>
public sealed class HostFixture
{
    public Task<JarvisHost> HostAsync() => SharedHosts.GetAsync();
}
