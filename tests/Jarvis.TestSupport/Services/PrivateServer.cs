using System.Diagnostics;
using System.Globalization;

namespace Jarvis.TestSupport.Services;

/// <summary>Server of one test, which may kill it, pause it and start it again on the same port.</summary>
public abstract class PrivateServer(ServicePrograms programs, string folder) : IAsyncDisposable
{
    private const int StartAttempts = 5;

    public int Port { get; private set; }

    protected ServicePrograms Programs => programs;

    protected string Folder => folder;

    protected ChildProcess? Process { get; private set; }

    /// <summary>Path and arguments of the program.</summary>
    protected abstract string[] Command { get; }

    protected string PortText => Port.ToString(CultureInfo.InvariantCulture);

    /// <summary>Processor time that all processes of the server have used.</summary>
    public async Task<TimeSpan> ProcessorTimeAsync() => (await ProcessesAsync()).Aggregate(TimeSpan.Zero, (sum, id) => sum + ChildProcess.ProcessorTimeOf(id));

    /// <summary>Ends the server with SIGKILL; it stays unavailable until it is restarted.</summary>
    public async Task KillAsync()
    {
        if (Process is { HasExited: false })
        {
            await Process.KillAsync();
        }
    }

    /// <summary>Stops the processes with SIGSTOP: connections stay open, the system accepts new ones, and nothing responds.</summary>
    public async Task PauseAsync() => await Process!.SignalAsync("STOP", await ProcessesAsync());

    public async Task ResumeAsync() => await Process!.SignalAsync("CONT", await ProcessesAsync());

    public async ValueTask DisposeAsync()
    {
        if (Process is not null)
        {
            // A paused child does not notice that its parent has ended.
            await ResumeAsync();
            await Process.DisposeAsync();
            KeepLog();
        }

        Directory.Delete(folder, recursive: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Starts the server for the first time; if that fails, disposes of it.</summary>
    protected static async Task<TServer> StartAsync<TServer>(TServer server)
        where TServer : PrivateServer
    {
        try
        {
            await server.PrepareAsync();
            await server.StartOnFreePortAsync();

            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>Starts the server on its port.</summary>
    protected async Task StartAsync()
    {
        if (Process is not null)
        {
            await Process.DisposeAsync();
        }

        Process = programs.Start(folder, Command[0], Command[1..]);
        await WaitUntilReadyAsync(Process);
    }

    protected virtual Task PrepareAsync() => Task.CompletedTask;

    protected abstract Task WaitUntilReadyAsync(ChildProcess process);

    protected virtual void KeepLog()
    {
    }

    /// <summary>Runs a client that is independent of the drivers of Jarvis and returns its output.</summary>
    protected static Task<string> RunClientAsync(string program, (string Name, string Value) password, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments);
        start.Environment[password.Name] = password.Value;

        return ServicePrograms.RunAsync(start);
    }

    // PostgreSQL has one process for each connection.
    private async Task<int[]> ProcessesAsync() => Process!.HasExited
        ? []
        : [Process.Id, .. (await File.ReadAllTextAsync($"/proc/{Process.Id}/task/{Process.Id}/children")).Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(int.Parse)];

    private async Task StartOnFreePortAsync()
    {
        for (var attempt = 1; ; attempt++)
        {
            Port = ServicePrograms.AnyPort();
            try
            {
                await StartAsync();

                return;
            }
            catch (InvalidOperationException taken) when (attempt < StartAttempts && taken.Message.Contains("in use", StringComparison.OrdinalIgnoreCase))
            {
                // Another program uses the port.
            }
        }
    }
}
