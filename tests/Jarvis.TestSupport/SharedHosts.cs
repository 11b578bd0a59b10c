using System.Collections.Concurrent;

namespace Jarvis.TestSupport;

/// <summary>
/// Hosts that all tests of the process share, one for each set of settings. Tests register their own users. A test that restarts or
/// breaks its host, or that counts what is in it, starts its own.
/// </summary>
public static class SharedHosts
{
    private static readonly ConcurrentDictionary<string, Lazy<Task<JarvisHost>>> Hosts = new();
    private static readonly ConcurrentBag<IAsyncDisposable> Others = [];

    /// <summary>The caller does not dispose the host.</summary>
    public static Task<JarvisHost> GetAsync(params (string Key, string? Value)[] settings)
    {
        var key = string.Join('\n', settings.Select(setting => $"{setting.Key}={setting.Value}").Order(StringComparer.Ordinal));

        return Hosts.GetOrAdd(key, _ => new Lazy<Task<JarvisHost>>(() => JarvisHost.StartAsync(settings))).Value;
    }

    /// <summary>Disposes this object when the run ends. It may have been disposed before.</summary>
    internal static void DisposeAtEnd(IAsyncDisposable fixture) => Others.Add(fixture);

    internal static async Task StopAllAsync()
    {
        while (Others.TryTake(out var other))
        {
            await other.DisposeAsync();
        }

        foreach (var key in Hosts.Keys)
        {
            if (Hosts.TryRemove(key, out var host))
            {
                await (await host.Value).DisposeAsync();
            }
        }
    }
}
