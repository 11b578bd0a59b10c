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
/// Redis-compatible server in this process, on loopback, with a random password. It stores its data in its directory and loads it at
/// the next start, also after the process was killed.
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

    /// <summary>Connection string for StackExchange.Redis. Secret: contains the password.</summary>
    public string ConnectionString => $"127.0.0.1:{port},password={password}";

    /// <exception cref="StartupException">No port is available, or the directory isn't writable.</exception>
    public static EmbeddedGarnet Start(string directory, ILoggerFactory loggers) => Start(directory, loggers, FindFreePort);

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
                // Another program may have taken the port after it was chosen.
                garnet.LogPortTaken(garnet.port);
            }
            catch (GarnetException e)
            {
                throw new StartupException($"The embedded Redis server didn't start ({e.Message}): make {directory} writable, or set ConnectionStrings:Redis to your own Redis server.", e);
            }
        }
    }

    /// <summary>Stops the server. The process continues.</summary>
    public void Stop()
    {
        if (Interlocked.Exchange(ref server, null) is not { } running)
        {
            return;
        }

        TakeCheckpoint();
        running.Dispose();
    }

    /// <summary>Starts a stopped server again at the same address, with its data.</summary>
    public void Resume()
    {
        var started = new GarnetServer(CreateArguments(), loggers);
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

    private string[] CreateArguments() =>
    [
        "--bind", "127.0.0.1", "--port", port.ToString(CultureInfo.InvariantCulture),
        "--auth", "Password", "--password", password,
        "-q", "true",

        // Without the transaction mode, scripts of different connections interleave. With it, a script locks its KEYS.
        "--lua", "--lua-transaction-mode",

        // Without a storage tier, Garnet discards the oldest records, such as the job queue, when 64 MB are full.
        "--memory", "64m", "--page", "4m", "--index", "8m",
        "--storage-tier", "--logdir", Path.Combine(directory, "log"), "--segment", "16m", "--object-log-segment", "16m",
        "--device-type", "RandomAccess",

        // Values up to 1 MB are stored in the log itself: compaction counts the segments of the log but not values outside it.
        "--max-inline-value-size", "1m",
        "--compaction-type", "Lookup", "--compaction-freq", "60", "--compaction-max-segments", "4", "--compaction-force-delete",
        "--expired-key-deletion-scan-freq", "300",

        // Each blocking command occupies a thread of the pool, which starts with one thread per core.
        "--minthreads", "8",

        // Limits the append-only file: at 32 MB Garnet takes a checkpoint and truncates it.
        "--aof", "--aof-memory", "16m", "--aof-page-size", "8m", "--aof-segment-size", "16m", "--aof-size-limit", "32m",
        "--recover", "--checkpointdir", directory,
    ];

    // Makes the next start fast: it loads the checkpoint and an empty append-only file.
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
            // No data is lost: the append-only file contains it, and the next stop truncates the file.
            LogNoCheckpoint(e);
        }
    }

    private static int FindFreePort()
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
