using Jarvis.Infrastructure.Embedded;
using Microsoft.Extensions.Logging.Abstractions;

namespace Jarvis.Testing.Services;

/// <summary>The embedded server in a process of its own, for tests that kill it. Prints its connection string when it is up.</summary>
internal static class GarnetCommand
{
    public static async Task<int> RunAsync(string directory)
    {
        using var garnet = EmbeddedGarnet.Start(directory, NullLoggerFactory.Instance);
        Console.WriteLine(garnet.ConnectionString);
        await Console.In.ReadToEndAsync();

        return 0;
    }
}
