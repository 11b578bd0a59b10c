using Jarvis.Infrastructure.Hosting.Embedded;
using Jarvis.TestSupport.Output;

namespace Jarvis.TestSupport.Services;

/// <summary>
/// Embedded server in its own process, for tests that kill it. It prints a line when it is ready. The connection string is in a file,
/// because console output is captured.
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
