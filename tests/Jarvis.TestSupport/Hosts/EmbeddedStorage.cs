using Jarvis.Infrastructure.Hosting;
using Jarvis.Infrastructure.Hosting.Embedded;
using Jarvis.TestSupport.Services;
using Microsoft.Extensions.DependencyInjection;

namespace Jarvis.TestSupport.Hosts;

internal sealed class EmbeddedStorage : IHostStorage
{
    private readonly string directory = Directory.CreateTempSubdirectory("jarvis-test-").FullName;

    public IReadOnlyDictionary<string, string?> Settings => new Dictionary<string, string?> { [DataDirectory.Key] = directory };

    public void RegisterSecrets(IServiceProvider web) => EmbeddedRedisPassword.Register(GarnetOf(web));

    public Task StopRedisAsync(IServiceProvider web)
    {
        GarnetOf(web).Stop();

        return Task.CompletedTask;
    }

    public Task ResumeRedisAsync(IServiceProvider web)
    {
        GarnetOf(web).Resume();

        return Task.CompletedTask;
    }

    public ValueTask DisposeAsync()
    {
        Directory.Delete(directory, recursive: true);

        return ValueTask.CompletedTask;
    }

    private static EmbeddedGarnet GarnetOf(IServiceProvider web) => ((EmbeddedMode)web.GetRequiredService<HostingMode>()).Garnet;
}
