using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using Jarvis.TestSupport.Output;

namespace Jarvis.TestSupport.Services;

/// <summary>PostgreSQL of one test. A commit is written to the disk, as in production, but does not wait for the disk.</summary>
public sealed partial class PrivatePostgres : PrivateServer
{
    private PrivatePostgres(ServicePrograms programs, string folder)
        : base(programs, folder)
    {
    }

    public string Password => Programs.Password;

    /// <summary>Log since the last start or, if it is collected, since <see cref="CollectLogAsync"/>.</summary>
    public string Log => File.Exists(CollectedLog) ? File.ReadAllText(CollectedLog) : Process!.Output;

    protected override string[] Command => [Path.Combine(Programs.PostgresFolder, "postgres"), "-D", Data, "-p", PortText, "-c", "synchronous_commit=on"];

    private string Data => Path.Combine(Folder, "data");

    private string CollectedLog => Path.Combine(Data, "log", "server.log");

    public static async Task<PrivatePostgres> StartAsync(RealServices services)
    {
        var programs = await services.ProgramsAsync();

        return await StartAsync(new PrivatePostgres(programs, await programs.NewFolderAsync("postgres")));
    }

    /// <summary>Connection string of Npgsql.</summary>
    public string ConnectionString(string database) =>
        string.Create(CultureInfo.InvariantCulture, $"Host=127.0.0.1;Port={Port};Username=postgres;Password={Password};Database={database}");

    /// <summary>Creates a database and returns its connection string.</summary>
    /// <param name="template">Database of this server to copy.</param>
    public async Task<string> CreateDatabaseAsync(string name, string template = "template1")
    {
        await SqlAsync("postgres", $"""CREATE DATABASE "{name}" TEMPLATE "{template}" """);

        return ConnectionString(name);
    }

    /// <summary>Runs SQL with psql and returns one line for each row, with columns separated by <c>|</c>.</summary>
    public Task<string> SqlAsync(string database, string sql) => RunClientAsync(
        Path.Combine(Programs.PostgresFolder, "psql"),
        ("PGPASSWORD", Password),
        "-qXAt", "-v", "ON_ERROR_STOP=1", "-h", "127.0.0.1", "-p", PortText, "-U", "postgres", "-d", database, "-c", sql);

    /// <summary>Shuts the server down in order and closes open connections (SIGINT, "fast").</summary>
    public async Task StopAsync()
    {
        if (Process is { HasExited: false })
        {
            await Process.SignalAsync("INT");
            await Process.ExitCodeAsync();
        }
    }

    /// <summary>Stops the server, if it runs, and starts it on the same port with its data.</summary>
    public async Task RestartAsync()
    {
        await StopAsync();
        await StartAsync();
    }

    /// <summary>Restarts with the logging collector. Without it, long entries of several processes are mixed in one pipe.</summary>
    public async Task CollectLogAsync()
    {
        await SqlAsync("postgres", "ALTER SYSTEM SET logging_collector = on");
        await SqlAsync("postgres", $"ALTER SYSTEM SET log_filename = '{Path.GetFileName(CollectedLog)}'");
        await RestartAsync();
    }

    protected override async Task PrepareAsync()
    {
        await ServicePrograms.RunAsync(new ProcessStartInfo("cp", ["-R", Programs.Cluster, Data]));
        await Programs.SetOwnerAsync(Folder);
    }

    protected override async Task WaitUntilReadyAsync(ChildProcess process)
    {
        await process.WaitForOutputAsync(ReadyOrCollected);
        await JarvisClient.UntilAsync(() => Task.FromResult(Log), Ready.IsMatch);
    }

    protected override void KeepLog()
    {
        if (File.Exists(CollectedLog))
        {
            CapturedOutput.Write("postgres-collected", File.ReadAllText(CollectedLog));
        }
    }

    [GeneratedRegex("database system is ready to accept connections|redirecting log output to logging collector")]
    private static partial Regex ReadyOrCollected { get; }

    [GeneratedRegex("database system is ready to accept connections")]
    private static partial Regex Ready { get; }
}
