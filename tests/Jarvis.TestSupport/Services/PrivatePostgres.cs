using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using Jarvis.TestSupport.Output;

namespace Jarvis.TestSupport.Services;

/// <summary>
/// A real PostgreSQL of one test's own, which it may stop, kill and bring back under the same address. What it said is
/// committed is on its way to the disk, as in production; the disk itself is not waited for.
/// </summary>
public sealed partial class PrivatePostgres : IAsyncDisposable
{
    private const int StartAttempts = 5;

    private readonly ServicePrograms programs;
    private readonly string folder;
    private ChildProcess? server;

    private PrivatePostgres(ServicePrograms programs, string folder) => (this.programs, this.folder) = (programs, folder);

    public int Port { get; private set; }

    public string Password => programs.Password;

    /// <summary>Its log since its last start, or since it is collected.</summary>
    public string Log => File.Exists(CollectedLog) ? File.ReadAllText(CollectedLog) : server!.Output;

    /// <summary>What all its processes have used so far, of which each connection has one.</summary>
    public async Task<TimeSpan> ProcessorTimeAsync() => (await WithChildrenAsync()).Aggregate(TimeSpan.Zero, (sum, id) => sum + ChildProcess.ProcessorTimeOf(id));

    private string Data => Path.Combine(folder, "data");

    private string CollectedLog => Path.Combine(Data, "log", "server.log");

    public static async Task<PrivatePostgres> StartAsync(RealServices services)
    {
        var programs = await services.ProgramsAsync();
        var postgres = new PrivatePostgres(programs, await programs.NewFolderAsync("postgres"));
        try
        {
            await ServicePrograms.RunAsync(new ProcessStartInfo("cp", ["-R", programs.Cluster, postgres.Data]));
            await programs.ProvideAsync(postgres.folder);
            await postgres.StartOnAnyPortAsync();

            return postgres;
        }
        catch
        {
            await postgres.DisposeAsync();
            throw;
        }
    }

    /// <summary>For Npgsql.</summary>
    public string ConnectionString(string database) =>
        string.Create(CultureInfo.InvariantCulture, $"Host=127.0.0.1;Port={Port};Username=postgres;Password={Password};Database={database}");

    /// <summary>Makes a database and gives its connection string.</summary>
    /// <param name="template">Another database of this server, of which it becomes a copy.</param>
    public async Task<string> CreateDatabaseAsync(string name, string template = "template1")
    {
        await SqlAsync("postgres", $"""CREATE DATABASE "{name}" TEMPLATE "{template}" """);

        return ConnectionString(name);
    }

    /// <summary>Asks with a client that is not ours: rows on lines, columns parted by <c>|</c>.</summary>
    public Task<string> SqlAsync(string database, string sql)
    {
        var start = new ProcessStartInfo(
            Path.Combine(programs.PostgresFolder, "psql"),
            [
                "-qXAt", "-v", "ON_ERROR_STOP=1", "-h", "127.0.0.1", "-p", Port.ToString(CultureInfo.InvariantCulture), "-U", "postgres",
                "-d", database, "-c", sql,
            ]);
        start.Environment["PGPASSWORD"] = Password;

        return ServicePrograms.RunAsync(start);
    }

    /// <summary>In good order, but without waiting for anybody (SIGINT, "fast"): connections are closed under their users.</summary>
    public async Task StopAsync()
    {
        if (server is { HasExited: false })
        {
            await server.SignalAsync("INT");
            await server.ExitCodeAsync();
        }
    }

    /// <summary>SIGKILL to the server; its children follow, and are waited for.</summary>
    public async Task KillAsync()
    {
        if (server is { HasExited: false })
        {
            await server.KillAsync();
        }
    }

    /// <summary>Stops it, if it runs, and starts it under the same address with all that it held.</summary>
    public async Task RestartAsync()
    {
        await StopAsync();
        await StartOnItsPortAsync();
    }

    /// <summary>From a new start on, entries that are long do not run into each other: what several processes write to one pipe does.</summary>
    public async Task CollectLogAsync()
    {
        await SqlAsync("postgres", "ALTER SYSTEM SET logging_collector = on");
        await SqlAsync("postgres", $"ALTER SYSTEM SET log_filename = '{Path.GetFileName(CollectedLog)}'");
        await RestartAsync();
    }

    /// <summary>Connections stay and new ones are taken by the system, but nothing answers.</summary>
    public async Task PauseAsync() => await server!.SignalAsync("STOP", await WithChildrenAsync());

    public async Task ResumeAsync() => await server!.SignalAsync("CONT", await WithChildrenAsync());

    public async ValueTask DisposeAsync()
    {
        if (server is not null)
        {
            // One that stands still would not notice that its parent is gone.
            await ResumeAsync();
            await server.DisposeAsync();
            KeepCollectedLog();
        }

        Directory.Delete(folder, recursive: true);
    }

    private void KeepCollectedLog()
    {
        if (File.Exists(CollectedLog))
        {
            CapturedOutput.Keep("postgres-collected", File.ReadAllText(CollectedLog));
        }
    }

    // Each connection has a process of its own.
    private async Task<int[]> WithChildrenAsync() => server!.HasExited
        ? []
        : [server.Id, .. (await File.ReadAllTextAsync($"/proc/{server.Id}/task/{server.Id}/children")).Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(int.Parse)];

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
            Path.Combine(programs.PostgresFolder, "postgres"),
            "-D", Data, "-p", Port.ToString(CultureInfo.InvariantCulture), "-c", "synchronous_commit=on");
        await server.WaitForOutputAsync(ReadyOrCollected);
        await JarvisClient.UntilAsync(() => Task.FromResult(Log), Ready.IsMatch);
    }

    [GeneratedRegex("database system is ready to accept connections|redirecting log output to logging collector")]
    private static partial Regex ReadyOrCollected { get; }

    [GeneratedRegex("database system is ready to accept connections")]
    private static partial Regex Ready { get; }
}
