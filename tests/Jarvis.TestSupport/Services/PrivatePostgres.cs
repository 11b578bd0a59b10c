using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using Jarvis.TestSupport.Output;

namespace Jarvis.TestSupport.Services;

/// <summary>
/// PostgreSQL server of one test, which can stop, kill and restart it at the same address. Commits are synchronous, as in production,
/// but do not wait for the disk.
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

    /// <summary>Log since the last start, or since <see cref="CollectLogAsync"/>.</summary>
    public string Log => File.Exists(CollectedLog) ? File.ReadAllText(CollectedLog) : server!.Output;

    /// <summary>Processor time so far of the server and its process for each connection.</summary>
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
            await programs.SetOwnerAsync(postgres.folder);
            await postgres.StartOnAnyPortAsync();

            return postgres;
        }
        catch
        {
            await postgres.DisposeAsync();
            throw;
        }
    }

    /// <summary>Returns a connection string for Npgsql.</summary>
    public string ConnectionString(string database) =>
        string.Create(CultureInfo.InvariantCulture, $"Host=127.0.0.1;Port={Port};Username=postgres;Password={Password};Database={database}");

    /// <summary>Creates a database and returns its connection string.</summary>
    /// <param name="template">Database of this server to copy.</param>
    public async Task<string> CreateDatabaseAsync(string name, string template = "template1")
    {
        await SqlAsync("postgres", $"""CREATE DATABASE "{name}" TEMPLATE "{template}" """);

        return ConnectionString(name);
    }

    /// <summary>Runs SQL with psql and returns a line for each row, with columns separated by <c>|</c>.</summary>
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

    /// <summary>Shuts the server down cleanly without waiting for its clients (SIGINT, "fast").</summary>
    public async Task StopAsync()
    {
        if (server is { HasExited: false })
        {
            await server.SignalAsync("INT");
            await server.ExitCodeAsync();
        }
    }

    /// <summary>Sends SIGKILL and waits until the child processes have exited too.</summary>
    public async Task KillAsync()
    {
        if (server is { HasExited: false })
        {
            await server.KillAsync();
        }
    }

    /// <summary>Stops the server if it runs, and starts it at the same address with its data.</summary>
    public async Task RestartAsync()
    {
        await StopAsync();
        await StartOnItsPortAsync();
    }

    /// <summary>Restarts with the logging collector: long entries that several processes write to one pipe overlap.</summary>
    public async Task CollectLogAsync()
    {
        await SqlAsync("postgres", "ALTER SYSTEM SET logging_collector = on");
        await SqlAsync("postgres", $"ALTER SYSTEM SET log_filename = '{Path.GetFileName(CollectedLog)}'");
        await RestartAsync();
    }

    /// <summary>Suspends the server: connections stay open and new ones are accepted, but nothing responds.</summary>
    public async Task PauseAsync() => await server!.SignalAsync("STOP", await WithChildrenAsync());

    public async Task ResumeAsync() => await server!.SignalAsync("CONT", await WithChildrenAsync());

    public async ValueTask DisposeAsync()
    {
        if (server is not null)
        {
            // A suspended child process would not notice that its parent has exited.
            await ResumeAsync();
            await server.DisposeAsync();
            CaptureCollectedLog();
        }

        Directory.Delete(folder, recursive: true);
    }

    private void CaptureCollectedLog()
    {
        if (File.Exists(CollectedLog))
        {
            CapturedOutput.Write("postgres-collected", File.ReadAllText(CollectedLog));
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
