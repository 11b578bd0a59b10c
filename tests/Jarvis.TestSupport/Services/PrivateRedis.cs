using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Jarvis.TestSupport.Services;

/// <summary>
/// A real Redis of one test's own, which it may kill, empty and bring back under the same address. Set up as the README asks
/// for: nothing is evicted, and an append-only file keeps what it holds.
/// </summary>
public sealed partial class PrivateRedis : IAsyncDisposable
{
    private const int StartAttempts = 5;

    private readonly ServicePrograms programs;
    private readonly string folder;
    private readonly string[] settings;
    private readonly string password = GeneratedSecrets.New("password of a Redis");
    private ChildProcess? server;

    private PrivateRedis(ServicePrograms programs, string folder, string[] settings) =>
        (this.programs, this.folder, this.settings) = (programs, folder, settings);

    public int Port { get; private set; }

    /// <summary>For StackExchange.Redis.</summary>
    public string ConnectionString => string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{Port},password={password}");

    public TimeSpan ProcessorTime => ChildProcess.ProcessorTimeOf(server!.Id);

    /// <param name="settings">As redis-server takes them; they win over those that it has here.</param>
    public static async Task<PrivateRedis> StartAsync(RealServices services, params string[] settings)
    {
        var programs = await services.ProgramsAsync();
        var redis = new PrivateRedis(programs, await programs.NewFolderAsync("redis"), settings);
        try
        {
            await redis.StartOnAnyPortAsync();

            return redis;
        }
        catch
        {
            await redis.DisposeAsync();
            throw;
        }
    }

    /// <summary>SIGKILL: it has no chance to put anything in order, and stays away until it is started again.</summary>
    public async Task KillAsync()
    {
        if (server is { HasExited: false })
        {
            await server.KillAsync();
        }
    }

    /// <summary>Kills it, if it runs, and starts it under the same address.</summary>
    /// <param name="empty">Whether all that it held is lost; else it reads its append-only file.</param>
    public async Task RestartAsync(bool empty)
    {
        await KillAsync();
        if (empty)
        {
            Directory.Delete(Path.Combine(folder, "appendonlydir"), recursive: true);
        }

        await StartOnItsPortAsync();
    }

    /// <summary>Connections stay and new ones are taken by the system, but nothing answers.</summary>
    public Task PauseAsync() => server!.SignalAsync("STOP");

    public Task ResumeAsync() => server!.SignalAsync("CONT");

    /// <summary>Asks with a client that is not ours.</summary>
    public Task<string> CliAsync(params string[] command)
    {
        var start = new ProcessStartInfo(
            Path.Combine(programs.RedisFolder, "redis-cli"),
            ["-p", Port.ToString(CultureInfo.InvariantCulture), "--no-auth-warning", "-e", .. command]);
        start.Environment["REDISCLI_AUTH"] = password;

        return ServicePrograms.RunAsync(start);
    }

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        if (server is not null)
        {
            await server.DisposeAsync();
        }

        Directory.Delete(folder, recursive: true);
    }

    private async Task StartOnAnyPortAsync()
    {
        for (var attempt = 1; ; attempt++)
        {
            Port = ServicePrograms.AnyPort();
            try
            {
                await StartOnItsPortAsync();

                return;
            }
            catch (InvalidOperationException taken) when (attempt < StartAttempts && taken.Message.Contains("in use", StringComparison.OrdinalIgnoreCase))
            {
                // Another program has the port: the next one.
            }
        }
    }

    private async Task StartOnItsPortAsync()
    {
        if (server is not null)
        {
            await server.DisposeAsync();
        }

        server = programs.Start(
            folder,
            Path.Combine(programs.RedisFolder, "redis-server"),
            [
                "--bind", "127.0.0.1", "--port", Port.ToString(CultureInfo.InvariantCulture), "--requirepass", password,
                "--maxmemory-policy", "noeviction", "--appendonly", "yes", "--save", "",

                // So that a test can find in DUMP what was stored.
                "--rdbcompression", "no", .. settings,
            ]);
        await server.WaitForOutputAsync(Ready);
    }

    [GeneratedRegex("Ready to accept connections")]
    private static partial Regex Ready { get; }
}
