using System.Diagnostics;

namespace Jarvis.TestSupport.Services;

/// <summary>The programs of the real servers, for a test that needs one of its own to break.</summary>
/// <param name="PostgresFolder">Where postgres and psql lie.</param>
/// <param name="RedisFolder">Where redis-server and redis-cli lie.</param>
/// <param name="Cluster">A ready cluster of PostgreSQL, to be copied.</param>
/// <param name="Password">Of the cluster's user postgres.</param>
/// <param name="Owner">User and group that root runs them as, because PostgreSQL refuses root; empty where we are not root.</param>
public sealed record ServicePrograms(string PostgresFolder, string RedisFolder, string Cluster, string Password, string Owner)
{
    // Below the range from which outgoing connections take theirs.
    private const int FirstPort = 15_000;
    private const int LastPort = 30_000;

    internal static int AnyPort() => Random.Shared.Next(FirstPort, LastPort);

    /// <summary>A folder of the server's own, which its user may write.</summary>
    internal async Task<string> NewFolderAsync(string name)
    {
        var folder = Directory.CreateTempSubdirectory($"jarvis-{name}-").FullName;
        await ProvideAsync(folder);

        return folder;
    }

    internal Task ProvideAsync(string folder) => Owner.Length > 0 ? RunAsync(new ProcessStartInfo("chown", ["-R", Owner, folder])) : Task.CompletedTask;

    /// <summary>Starts a server in its folder, as whom it has to run, with none of our environment.</summary>
    internal ChildProcess Start(string folder, string program, params string[] arguments)
    {
        string[] command = Owner.Split(':') is [var user, var group]
            ? ["setpriv", $"--reuid={user}", $"--regid={group}", "--clear-groups", program, .. arguments]
            : [program, .. arguments];
        var start = new ProcessStartInfo(command[0], command[1..]) { WorkingDirectory = folder };
        start.Environment.Clear();
        start.Environment["PATH"] = Environment.GetEnvironmentVariable("PATH");

        return ChildProcess.Start(start);
    }

    /// <summary>Runs a client to its end and gives what it printed.</summary>
    internal static async Task<string> RunAsync(ProcessStartInfo start)
    {
        start.RedirectStandardOutput = true;
        start.RedirectStandardError = true;
        using var client = Process.Start(start)!;
        var output = client.StandardOutput.ReadToEndAsync();
        var errors = client.StandardError.ReadToEndAsync();
        await client.WaitForExitAsync();

        return client.ExitCode == 0
            ? (await output).TrimEnd('\n')
            : throw new InvalidOperationException($"{start.FileName} ended with {client.ExitCode}: {await errors}{await output}");
    }
}
