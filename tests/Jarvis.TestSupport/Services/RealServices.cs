using System.Diagnostics;
using System.Globalization;
using Jarvis.TestSupport.Output;
using Npgsql;
using StackExchange.Redis;

namespace Jarvis.TestSupport.Services;

/// <summary>
/// A real Redis and a real PostgreSQL for a test run: those that the environment names, else private ones by
/// <c>build/services.sh</c>, which go with the run. Also the programs, for servers of a test's own.
/// </summary>
public sealed class RealServices : IAsyncDisposable
{
    private const string RedisVariable = "TEST_REDIS";
    private const string PostgresVariable = "TEST_POSTGRES";

    private readonly string instance = Path.Combine(Path.GetTempPath(), string.Create(CultureInfo.InvariantCulture, $"jarvis-services-{Environment.ProcessId}"));
    private readonly Lazy<Task<Dictionary<string, string>>> started;
    private readonly Lazy<Task<ServicePrograms>> unpacked = new(UnpackAsync);

    public RealServices() => started = new Lazy<Task<Dictionary<string, string>>>(StartAsync);

    /// <summary>Those of the whole process, for whatever cannot be handed a fixture; see <see cref="SharedRealServices"/>.</summary>
    public static RealServices Shared { get; } = new();

    /// <summary>For StackExchange.Redis.</summary>
    public async Task<string> RedisAsync()
    {
        var found = await FindAsync(RedisVariable);
        GeneratedSecrets.Register("password of Redis", ConfigurationOptions.Parse(found).Password ?? "");

        return found;
    }

    /// <summary>For Npgsql.</summary>
    public async Task<string> PostgresAsync()
    {
        var found = await FindAsync(PostgresVariable);
        GeneratedSecrets.Register("password of PostgreSQL", new NpgsqlConnectionStringBuilder(found).Password ?? "");

        return found;
    }

    /// <summary>Starts nothing. Servers that the environment names are of no use here: a test must be able to kill its own.</summary>
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
        Environment.GetEnvironmentVariable(variable) is { Length: > 0 } given ? given : (await started.Value)[variable];

    private async Task<Dictionary<string, string>> StartAsync()
    {
        Directory.CreateDirectory(instance);
        var (exit, output, errors) = await ScriptAsync("up", instance);

        return exit == 0
            ? Read(output)
            : throw new InvalidOperationException(
                $"These tests need a real Redis and PostgreSQL: set {RedisVariable} (127.0.0.1:6379) and {PostgresVariable} (Host=…;Username=…), or run them on Debian, where build/services.sh brings both. It said: {errors.Trim()}");
    }

    private static async Task<ServicePrograms> UnpackAsync()
    {
        var (exit, output, errors) = await ScriptAsync("unpack", instance: null);
        if (exit != 0)
        {
            throw new InvalidOperationException(
                $"These tests kill servers, so they need the programs of PostgreSQL and Redis: run them on Debian, where build/services.sh brings both. It said: {errors.Trim()}");
        }

        var found = Read(output);

        return new ServicePrograms(
            found["TEST_SERVICES_PGBIN"],
            found["TEST_SERVICES_BIN"],
            found["TEST_SERVICES_CLUSTER"],
            GeneratedSecrets.Register("password of PostgreSQL", found["TEST_SERVICES_PASSWORD"]),
            found["TEST_SERVICES_OWNER"]);
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

        // Its output is an answer, passwords included, and shown nowhere.
        CapturedOutput.Keep($"services-{command}", await errors);

        return (script.ExitCode, await output, await errors);
    }
}
