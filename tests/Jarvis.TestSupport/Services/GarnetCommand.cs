using Jarvis.Infrastructure.Hosting.Embedded;
using Jarvis.TestSupport.Output;

namespace Jarvis.TestSupport.Services;

/// <summary>
/// The embedded server in a process of its own, for tests that kill it. It says when it is up, and leaves its connection string in a
/// file: what a process prints is kept.
/// </summary>
public static class GarnetCommand
{
    public static string ConnectionFile(string directory) => Path.Combine(directory, "connection");

    internal static async Task<int> RunAsync(string directory)
    {
        using var garnet = EmbeddedRedisPassword.Register(EmbeddedGarnet.Start(directory, CapturedLogs.Factory));
        await File.WriteAllTextAsync(ConnectionFile(directory), garnet.ConnectionString);
        Console.WriteLine("up");
        await Console.In.ReadToEndAsync();

        return 0;
    }
}
