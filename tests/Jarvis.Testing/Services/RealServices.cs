using System.Diagnostics;
using System.Globalization;

namespace Jarvis.Testing.Services;

/// <summary>
/// A real Redis and a real PostgreSQL for a test run: those that the environment names, else private ones by
/// <c>build/services.sh</c>, which go with the run.
/// </summary>
public sealed class RealServices : IAsyncDisposable
{
    private const string RedisVariable = "TEST_REDIS";
    private const string PostgresVariable = "TEST_POSTGRES";

    private readonly string instance = Path.Combine(Path.GetTempPath(), string.Create(CultureInfo.InvariantCulture, $"jarvis-services-{Environment.ProcessId}"));
    private readonly Lazy<Task<Dictionary<string, string>>> started;

    public RealServices() => started = new Lazy<Task<Dictionary<string, string>>>(StartAsync);

    /// <summary>For StackExchange.Redis.</summary>
    public Task<string> RedisAsync() => FindAsync(RedisVariable);

    /// <summary>For Npgsql.</summary>
    public Task<string> PostgresAsync() => FindAsync(PostgresVariable);

    public async ValueTask DisposeAsync()
    {
        if (started.IsValueCreated)
        {
            await ScriptAsync("down");
            Directory.Delete(instance, recursive: true);
        }
    }

    private async Task<string> FindAsync(string variable) =>
        Environment.GetEnvironmentVariable(variable) is { Length: > 0 } given ? given : (await started.Value)[variable];

    private async Task<Dictionary<string, string>> StartAsync()
    {
        Directory.CreateDirectory(instance);
        var (exit, output, errors) = await ScriptAsync("up");
        if (exit != 0)
        {
            throw new InvalidOperationException(
                $"These tests need a real Redis and PostgreSQL: set {RedisVariable} (127.0.0.1:6379) and {PostgresVariable} (Host=…;Username=…), or run them on Debian, where build/services.sh brings both. It said: {errors.Trim()}");
        }

        return output
            .Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .SelectMany(line => line.Replace("export ", "", StringComparison.Ordinal).Split("' ", StringSplitOptions.TrimEntries))
            .Select(assignment => assignment.Split('=', 2))
            .ToDictionary(parts => parts[0], parts => parts[1].Trim('\''));
    }

    private async Task<(int Exit, string Output, string Errors)> ScriptAsync(string command)
    {
        var start = new ProcessStartInfo("bash", [Path.Combine(JarvisHost.RepositoryRoot, "build", "services.sh"), command])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["SERVICES_RUN"] = instance },
        };
        using var script = Process.Start(start)!;
        var output = script.StandardOutput.ReadToEndAsync();
        var errors = script.StandardError.ReadToEndAsync();
        await script.WaitForExitAsync();

        return (script.ExitCode, await output, await errors);
    }
}
