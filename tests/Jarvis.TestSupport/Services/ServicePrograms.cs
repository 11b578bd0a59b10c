using System.Diagnostics;

namespace Jarvis.TestSupport.Services;

/// <summary>Programs of PostgreSQL and Redis, for tests that break their own servers.</summary>
/// <param name="PostgresFolder">Folder of postgres and psql.</param>
/// <param name="RedisFolder">Folder of redis-server and redis-cli.</param>
/// <param name="Cluster">PostgreSQL cluster to copy.</param>
/// <param name="Password">Password of the cluster's user postgres.</param>
/// <param name="Owner">User and group that run the servers, because PostgreSQL refuses root; empty if the tests do not run as root.</param>
public sealed record ServicePrograms(string PostgresFolder, string RedisFolder, string Cluster, string Password, string Owner)
{
    // Below the ephemeral ports of outgoing connections.
    private const int FirstPort = 15_000;
    private const int LastPort = 30_000;

    internal static int AnyPort() => Random.Shared.Next(FirstPort, LastPort);

    /// <summary>Creates a folder that the server's user may write.</summary>
    internal async Task<string> NewFolderAsync(string name)
    {
        var folder = Directory.CreateTempSubdirectory($"jarvis-{name}-").FullName;
        await SetOwnerAsync(folder);

        return folder;
    }

    internal Task SetOwnerAsync(string folder) => Owner.Length > 0 ? RunAsync(new ProcessStartInfo("chown", ["-R", Owner, folder])) : Task.CompletedTask;

    /// <summary>Starts a server in its folder, as its owner and with an empty environment.</summary>
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

    /// <summary>Runs a client until it exits and returns its output.</summary>
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
            : throw new InvalidOperationException($"{start.FileName} exited with {client.ExitCode}: {await errors}{await output}");
    }
}
