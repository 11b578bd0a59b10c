using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;

namespace Jarvis.Infrastructure.Embedded;

/// <summary>Everything on one machine with nothing else installed: a SQLite file, and a Redis-compatible server in the process.</summary>
public sealed class EmbeddedMode : IAsyncDisposable
{
    private readonly DataDirectory data;
    private readonly ILoggerFactory loggers;

    private EmbeddedMode(DataDirectory data, ILoggerFactory loggers, EmbeddedGarnet garnet) =>
        (this.data, this.loggers, Garnet) = (data, loggers, garnet);

    /// <summary>Where all data lies.</summary>
    public string Directory => data.Path;

    public string SqliteFile => Path.Combine(Directory, "jarvis.db");

    /// <summary>The Redis-compatible server.</summary>
    public EmbeddedGarnet Garnet { get; }

    /// <exception cref="StartupException">Another mode is asked for, or the directory cannot be had.</exception>
    public static Task<EmbeddedMode> StartAsync(IConfiguration configuration)
    {
        RefuseServerMode(configuration);
        var data = DataDirectory.Open(configuration[DataDirectory.Key]);

        // A log of its own: the server is there before the host, and goes after it.
        var loggers = LoggerFactory.Create(logging => logging.AddConfiguration(configuration.GetSection("Logging")).AddSimpleConsole());
        try
        {
            return Task.FromResult(new EmbeddedMode(data, loggers, EmbeddedGarnet.Start(Path.Combine(data.Path, "redis"), loggers)));
        }
        catch
        {
            loggers.Dispose();
            data.Dispose();
            throw;
        }
    }

    // Starting embedded where a server was meant would put people's data where nobody looks for it.
    private static void RefuseServerMode(IConfiguration configuration)
    {
        var mode = configuration["Jarvis:Mode"] ?? "Auto";
        if (mode.Equals("Embedded", StringComparison.OrdinalIgnoreCase))
        {
            return;
        }

        if (!mode.Equals("Auto", StringComparison.OrdinalIgnoreCase) && !mode.Equals("Server", StringComparison.OrdinalIgnoreCase))
        {
            throw new StartupException($"Jarvis:Mode is “{mode}”. Set it to Auto, Embedded or Server.");
        }

        if (mode.Equals("Server", StringComparison.OrdinalIgnoreCase)
            || configuration.GetConnectionString("Postgres") is { Length: > 0 }
            || configuration.GetConnectionString("Redis") is { Length: > 0 })
        {
            throw new StartupException(
                "Server mode (ConnectionStrings:Postgres and ConnectionStrings:Redis) is not part of this version of Jarvis. "
                + "Remove the connection strings, or set Jarvis:Mode=Embedded.");
        }
    }

    public ValueTask DisposeAsync()
    {
        Garnet.Dispose();
        loggers.Dispose();

        // Last: until here nobody else may touch the files.
        data.Dispose();

        return ValueTask.CompletedTask;
    }
}
