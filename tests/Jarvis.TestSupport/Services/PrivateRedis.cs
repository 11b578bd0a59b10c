using System.Globalization;
using System.Text.RegularExpressions;

namespace Jarvis.TestSupport.Services;

/// <summary>Redis of one test, with the settings that the README requires: no eviction, and an append-only file.</summary>
public sealed partial class PrivateRedis : PrivateServer
{
    private readonly string[] settings;
    private readonly string password = GeneratedSecrets.New("password of a Redis");

    private PrivateRedis(ServicePrograms programs, string folder, string[] settings)
        : base(programs, folder) => this.settings = settings;

    /// <summary>Connection string of StackExchange.Redis.</summary>
    public string ConnectionString => ConnectionStringAt(Port);

    protected override string[] Command =>
    [
        Path.Combine(Programs.RedisFolder, "redis-server"),
        "--bind", "127.0.0.1", "--port", PortText, "--requirepass", password,
        "--maxmemory-policy", "noeviction", "--appendonly", "yes", "--save", "",

        // Lets a test find stored text in DUMP.
        "--rdbcompression", "no", .. settings,
    ];

    /// <param name="settings">Arguments of redis-server; they override the defaults.</param>
    public static async Task<PrivateRedis> StartAsync(RealServices services, params string[] settings)
    {
        var programs = await services.ProgramsAsync();

        return await StartAsync(new PrivateRedis(programs, await programs.NewFolderAsync("redis"), settings));
    }

    public string ConnectionStringOver(TcpProxy proxy) => ConnectionStringAt(proxy.Port);

    /// <summary>Kills the server, if it runs, and starts it on the same port.</summary>
    /// <param name="empty">True to delete all data; otherwise, the server reads its append-only file.</param>
    public async Task RestartAsync(bool empty)
    {
        await KillAsync();
        if (empty)
        {
            Directory.Delete(Path.Combine(Folder, "appendonlydir"), recursive: true);
        }

        await StartAsync();
    }

    /// <summary>Runs a command with redis-cli.</summary>
    public Task<string> CliAsync(params string[] command) => RunClientAsync(
        Path.Combine(Programs.RedisFolder, "redis-cli"),
        ("REDISCLI_AUTH", password),
        ["-p", PortText, "--no-auth-warning", "-e", .. command]);

    protected override Task WaitUntilReadyAsync(ChildProcess process) => process.WaitForOutputAsync(Ready);

    private string ConnectionStringAt(int port) => string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{port},password={password}");

    [GeneratedRegex("Ready to accept connections")]
    private static partial Regex Ready { get; }
}
