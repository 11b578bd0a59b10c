using System.Diagnostics;
using System.Globalization;
using Jarvis.TestSupport.Output;
using Npgsql;
using StackExchange.Redis;

namespace Jarvis.TestSupport.Services;

/// <summary>
/// Redis and PostgreSQL of a test run: the servers that the environment names, otherwise servers that <c>build/services.sh</c> starts for
/// this run. Also provides the programs for the private servers of a test.
/// </summary>
public sealed class RealServices : IAsyncDisposable
{
    private const string RedisVariable = "TEST_REDIS";
    private const string PostgresVariable = "TEST_POSTGRES";

    private readonly string instance = Path.Combine(Path.GetTempPath(), string.Create(CultureInfo.InvariantCulture, $"jarvis-services-{Environment.ProcessId}"));
    private readonly Lazy<Task<Dictionary<string, string>>> started;
    private readonly Lazy<Task<ServicePrograms>> unpacked = new(UnpackAsync);

    public RealServices() => started = new Lazy<Task<Dictionary<string, string>>>(StartAsync);

    /// <summary>Servers of the whole process, for callers without a fixture; see <see cref="SharedRealServices"/>.</summary>
    public static RealServices Shared { get; } = new();

    /// <summary>Returns a connection string for StackExchange.Redis.</summary>
    public async Task<string> RedisAsync()
    {
        var connectionString = await FindAsync(RedisVariable);
        GeneratedSecrets.Register("password of Redis", ConfigurationOptions.Parse(connectionString).Password ?? "");

        return connectionString;
    }

    /// <summary>Returns a connection string for Npgsql.</summary>
    public async Task<string> PostgresAsync()
    {
        var connectionString = await FindAsync(PostgresVariable);
        GeneratedSecrets.Register("password of PostgreSQL", new NpgsqlConnectionStringBuilder(connectionString).Password ?? "");

        return connectionString;
    }

    /// <summary>Unpacks the programs without starting them, for tests that kill their own servers.</summary>
    public Task<ServicePrograms> ProgramsAsync() => unpacked.Value;

    public async ValueTask DisposeAsync()
    {
        if (started.IsValueCreated)
        {
            await ScriptAsync("down", instance);
            Directory.Delete(instance, recursive: true);
        }
    }

    private async Task<string> FindAsync(string variable) =>
        Environment.GetEnvironmentVariable(variable) is { Length: > 0 } value ? value : (await started.Value)[variable];

    private async Task<Dictionary<string, string>> StartAsync()
    {
        Directory.CreateDirectory(instance);
        var (exit, output, errors) = await ScriptAsync("up", instance);

        return exit == 0
            ? Read(output)
            : throw new InvalidOperationException(
                $"These tests need a real Redis and PostgreSQL: set {RedisVariable} (127.0.0.1:6379) and {PostgresVariable} (Host=…;Username=…), or run them on Debian, where build/services.sh installs both. Its output: {errors.Trim()}");
    }

    private static async Task<ServicePrograms> UnpackAsync()
    {
        var (exit, output, errors) = await ScriptAsync("unpack", instance: null);
        if (exit != 0)
        {
            throw new InvalidOperationException(
                $"These tests kill servers, so they need the programs of PostgreSQL and Redis: run them on Debian, where build/services.sh installs both. Its output: {errors.Trim()}");
        }

        var variables = Read(output);

        return new ServicePrograms(
            variables["TEST_SERVICES_PGBIN"],
            variables["TEST_SERVICES_BIN"],
            variables["TEST_SERVICES_CLUSTER"],
            GeneratedSecrets.Register("password of PostgreSQL", variables["TEST_SERVICES_PASSWORD"]),
            variables["TEST_SERVICES_OWNER"]);
    }

    private static Dictionary<string, string> Read(string exports) => exports
        .Split('\n', StringSplitOptions.RemoveEmptyEntries)
        .SelectMany(line => line.Replace("export ", "", StringComparison.Ordinal).Split("' ", StringSplitOptions.TrimEntries))
        .Select(assignment => assignment.Split('=', 2))
        .ToDictionary(parts => parts[0], parts => parts[1].Trim('\''));

    private static async Task<(int Exit, string Output, string Errors)> ScriptAsync(string command, string? instance)
    {
        var start = new ProcessStartInfo("bash", [Path.Combine(JarvisHost.RepositoryRoot, "build", "services.sh"), command])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        if (instance is not null)
        {
            start.Environment["SERVICES_RUN"] = instance;
        }

        using var script = Process.Start(start)!;
        var output = script.StandardOutput.ReadToEndAsync();
        var errors = script.StandardError.ReadToEndAsync();
        await script.WaitForExitAsync();

        // Only the errors are captured, because the output contains passwords.
        CapturedOutput.Write($"services-{command}", await errors);

        return (script.ExitCode, await output, await errors);
    }
}
