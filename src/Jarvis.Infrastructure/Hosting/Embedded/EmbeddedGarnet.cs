using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using Garnet;
using Garnet.common;
using Jarvis.Infrastructure.Common;
using Microsoft.Extensions.Logging;
using StackExchange.Redis;

namespace Jarvis.Infrastructure.Hosting.Embedded;

/// <summary>
/// A Redis-compatible server in this process, on loopback, with a password that only this process knows. What it holds lies
/// in its directory and is there again after a restart, also after the process was killed.
/// </summary>
public sealed partial class EmbeddedGarnet : IDisposable
{
    private const int StartAttempts = 5;

    private readonly string directory;
    private readonly QuietLoggerFactory loggers;
    private readonly ILogger logger;
    private readonly string password = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
    private GarnetServer? server;
    private int port;

    private EmbeddedGarnet(string directory, ILoggerFactory loggers)
    {
        this.directory = directory;
        this.loggers = new QuietLoggerFactory(loggers);
        logger = loggers.CreateLogger<EmbeddedGarnet>();
    }

    /// <summary>For StackExchange.Redis. Secret: it holds the password.</summary>
    public string ConnectionString => $"127.0.0.1:{port},password={password}";

    /// <exception cref="StartupException">No port could be had, or the directory not be used.</exception>
    public static EmbeddedGarnet Start(string directory, ILoggerFactory loggers) => Start(directory, loggers, FreePort);

    internal static EmbeddedGarnet Start(string directory, ILoggerFactory loggers, Func<int> choosePort)
    {
        var garnet = new EmbeddedGarnet(directory, loggers);
        for (var attempt = 1; ; attempt++)
        {
            garnet.port = choosePort();
            try
            {
                garnet.Resume();

                return garnet;
            }
            catch (GarnetException e) when (e.InnerException is SocketException && attempt < StartAttempts)
            {
                // Between choosing a free port and listening on it another program may take it.
                garnet.LogPortTaken(garnet.port);
            }
            catch (GarnetException e)
            {
                throw new StartupException($"The embedded Redis server didn't start ({e.Message}): make {directory} writable, or set ConnectionStrings:Redis to your own Redis server.", e);
            }
        }
    }

    /// <summary>Takes the server away while the process goes on.</summary>
    public void Stop()
    {
        if (Interlocked.Exchange(ref server, null) is not { } running)
        {
            return;
        }

        TakeCheckpoint();
        running.Dispose();
    }

    /// <summary>Brings a stopped server back under the same address, with what it held.</summary>
    public void Resume()
    {
        var started = new GarnetServer(Arguments(), loggers);
        try
        {
            started.Start();
        }
        catch
        {
            started.Dispose();
            throw;
        }

        server = started;
    }

    public void Dispose() => Stop();

    private string[] Arguments() =>
    [
        "--bind", "127.0.0.1", "--port", port.ToString(CultureInfo.InvariantCulture),
        "--auth", "Password", "--password", password,
        "-q", "true",

        // Without the transaction mode scripts of two connections run into each other; in it a script locks its KEYS.
        "--lua", "--lua-transaction-mode",

        // Without a storage tier the oldest records, the job queue among them, vanish as soon as 64 MB are full.
        "--memory", "64m", "--page", "4m", "--index", "8m",
        "--storage-tier", "--logdir", Path.Combine(directory, "log"), "--segment", "16m", "--object-log-segment", "16m",
        "--device-type", "RandomAccess",

        // Values up to 1 MB lie in the log itself: compaction counts the log's segments and does not see values outside it.
        "--max-inline-value-size", "1m",
        "--compaction-type", "Lookup", "--compaction-freq", "60", "--compaction-max-segments", "4", "--compaction-force-delete",
        "--expired-key-deletion-scan-freq", "300",

        // A client that waits in a blocking command holds a thread of the pool, and the pool begins with one a core.
        "--minthreads", "8",

        // The append-only file is bounded: past 32 MB a checkpoint is taken, which cuts it.
        "--aof", "--aof-memory", "16m", "--aof-page-size", "8m", "--aof-segment-size", "16m", "--aof-size-limit", "32m",
        "--recover", "--checkpointdir", directory,
    ];

    // The next start then reads the checkpoint and an empty append-only file.
    private void TakeCheckpoint()
    {
        try
        {
            var options = ConfigurationOptions.Parse(ConnectionString);
            options.AllowAdmin = true;
            using var connection = ConnectionMultiplexer.Connect(options);
            connection.GetDatabase().Execute("SAVE");
        }
        catch (Exception e) when (e is RedisException or TimeoutException)
        {
            // Nothing is lost: the append-only file has it all, and is cut at the next stop.
            LogNoCheckpoint(e);
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, port: 0);
        listener.Start();

        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    [LoggerMessage(LogLevel.Information, "Port {Port} is already in use; trying another")]
    private partial void LogPortTaken(int port);

    [LoggerMessage(LogLevel.Information, "The embedded Redis server stopped without a checkpoint; its next start reads the append-only file")]
    private partial void LogNoCheckpoint(Exception exception);
}
