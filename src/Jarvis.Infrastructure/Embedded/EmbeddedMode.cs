using Microsoft.Extensions.Configuration;

namespace Jarvis.Infrastructure.Embedded;

/// <summary>Everything on one machine with nothing else installed: a SQLite file, and a Redis-compatible server in the process.</summary>
public sealed class EmbeddedMode : IAsyncDisposable
{
    private EmbeddedMode(string directory, EmbeddedGarnet garnet) => (Directory, Garnet) = (directory, garnet);

    /// <summary>Where all data lies.</summary>
    public string Directory { get; }

    public string SqliteFile => Path.Combine(Directory, "jarvis.db");

    /// <summary>The Redis-compatible server.</summary>
    public EmbeddedGarnet Garnet { get; }

    /// <exception cref="StartupException">Another mode is asked for, or the directory cannot be had.</exception>
    public static Task<EmbeddedMode> StartAsync(IConfiguration configuration)
    {
        var directory = configuration["Jarvis:DataDirectory"] ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData), "jarvis");
        System.IO.Directory.CreateDirectory(directory);

        return Task.FromResult(new EmbeddedMode(directory, new EmbeddedGarnet(Path.Combine(directory, "redis"))));
    }

    public ValueTask DisposeAsync()
    {
        Garnet.Dispose();

        return ValueTask.CompletedTask;
    }
}
