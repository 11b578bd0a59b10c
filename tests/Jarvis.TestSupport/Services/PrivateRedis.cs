using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Jarvis.TestSupport.Services;

/// <summary>
/// Redis server of one test, which can kill, empty and restart it at the same address. It is configured as the README requires: no
/// eviction, and an append-only file.
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

    /// <summary>Connection string for StackExchange.Redis.</summary>
    public string ConnectionString => string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{Port},password={password}");

    public TimeSpan ProcessorTime => ChildProcess.ProcessorTimeOf(server!.Id);

    /// <param name="settings">Arguments of redis-server; they override the defaults here.</param>
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

    /// <summary>Sends SIGKILL; the server stays down until <see cref="RestartAsync"/>.</summary>
    public async Task KillAsync()
    {
        if (server is { HasExited: false })
        {
            await server.KillAsync();
        }
    }

    /// <summary>Kills the server if it runs, and starts it at the same address.</summary>
    /// <param name="empty">True to lose all data; otherwise the server loads its append-only file.</param>
    public async Task RestartAsync(bool empty)
    {
        await KillAsync();
        if (empty)
        {
            Directory.Delete(Path.Combine(folder, "appendonlydir"), recursive: true);
        }

        await StartOnItsPortAsync();
    }

    /// <summary>Suspends the server: connections stay open and new ones are accepted, but nothing responds.</summary>
    public Task PauseAsync() => server!.SignalAsync("STOP");

    public Task ResumeAsync() => server!.SignalAsync("CONT");

    /// <summary>Runs a command with redis-cli.</summary>
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
            catch (InvalidOperationException e) when (attempt < StartAttempts && e.Message.Contains("in use", StringComparison.OrdinalIgnoreCase))
            {
                // Another program uses the port.
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

                // Lets a test search the output of DUMP for stored values.
                "--rdbcompression", "no", .. settings,
            ]);
        await server.WaitForOutputAsync(Ready);
    }

    [GeneratedRegex("Ready to accept connections")]
    private static partial Regex Ready { get; }
}
