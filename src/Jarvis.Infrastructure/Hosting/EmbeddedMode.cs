using Jarvis.Infrastructure.Common;
using Jarvis.Infrastructure.Hosting.Embedded;
using Jarvis.Infrastructure.Persistence;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Jarvis.Infrastructure.Hosting;

/// <summary>One process without other servers: a SQLite file, and a Redis-compatible server in the process.</summary>
public sealed class EmbeddedMode : HostingMode
{
    private readonly DataDirectory data;
    private readonly ILoggerFactory loggers;

    private EmbeddedMode(DataDirectory data, ILoggerFactory loggers, EmbeddedGarnet garnet) =>
        (this.data, this.loggers, Garnet) = (data, loggers, garnet);

    public override string Name => "embedded";

    public override string Data => data.Path;

    public override bool IsSingleProcess => true;

    public EmbeddedGarnet Garnet { get; }

    internal override string Redis => Garnet.ConnectionString;

    internal override void AddDatabase(IServiceCollection services) => services.AddSqlite(Path.Combine(Data, "jarvis.db"));

    /// <exception cref="StartupException">The directory isn't available, or the Redis-compatible server doesn't start.</exception>
    internal static new EmbeddedMode Start(IConfiguration configuration)
    {
        var data = DataDirectory.Open(configuration[DataDirectory.Key]);

        // A separate logger factory, because the server starts before the host and stops after it.
        var loggers = LoggerFactory.Create(logging => logging.AddConfiguration(configuration.GetSection("Logging")).AddSimpleConsole());
        try
        {
            return new EmbeddedMode(data, loggers, EmbeddedGarnet.Start(Path.Combine(data.Path, "redis"), loggers));
        }
        catch
        {
            loggers.Dispose();
            data.Dispose();
            throw;
        }
    }

    public override ValueTask DisposeAsync()
    {
        Garnet.Dispose();
        loggers.Dispose();

        // Last, because it releases the lock on the files.
        data.Dispose();

        return base.DisposeAsync();
    }
}
