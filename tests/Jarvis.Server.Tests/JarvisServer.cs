namespace Jarvis.Server.Tests;

/// <summary>
/// Complete server mode for one test: PostgreSQL, Redis, a model, and any number of web and worker processes. Each part can be broken.
/// </summary>
internal sealed class JarvisServer : IAsyncDisposable
{
    private readonly (string Key, string Value)[] settings;
    private readonly List<IAsyncDisposable> programs = [];

    private JarvisServer(PrivatePostgres postgres, PrivateRedis redis, OpenAiStandIn model, string database, (string Key, string Value)[] settings)
    {
        (Postgres, Redis, Model) = (postgres, redis, model);
        model.Extraction = ScriptedExtractionReplies.Of;
        this.settings =
        [
            ("ConnectionStrings:Postgres", database),
            ("ConnectionStrings:Redis", redis.ConnectionString),
            ("OpenAI:BaseUrl", model.BaseUrl.ToString()),
            ("OpenAI:ApiKey", Secrets.OpenAiKey),
            ("OpenAI:Models", "stand-in"),
            ("LocalLlm:BaseUrl", model.BaseUrl.ToString()),

            // No fallback to heuristics while the model is unavailable: memories must not depend on the time of reading.
            ("Memory:Extractor", "Llm"),
            .. settings,
        ];
    }

    public const string Database = "jarvis";

    public PrivatePostgres Postgres { get; }

    public PrivateRedis Redis { get; }

    /// <summary>
    /// Model for chat and memory. Its extraction of a turn is the user's message, see <see cref="ScriptedExtractionReplies"/>.
    /// </summary>
    public OpenAiStandIn Model { get; }

    /// <summary>Starts the servers with a migrated database, without a Jarvis process.</summary>
    public static async Task<JarvisServer> StartAsync(RealServices services, params (string Key, string Value)[] settings)
    {
        var postgres = PrivatePostgres.StartAsync(services);
        var redis = PrivateRedis.StartAsync(services);
        var model = OpenAiStandIn.StartAsync();
        var database = await (await postgres).CreateDatabaseAsync(Database);
        await PostgresDatabase.MigrateAsync(database);

        return new JarvisServer(await postgres, await redis, await model, database, settings);
    }

    public JarvisProcess Start(JarvisProgram program, params (string Key, string Value)[] extraSettings)
    {
        var process = JarvisProcess.Start(program, [.. settings, .. extraSettings]);
        programs.Add(process);

        return process;
    }

    /// <summary>Starts the program in this process, for a test that does not kill or suspend it.</summary>
    public async Task<Uri> HostAsync(JarvisProgram program, params (string Key, string Value)[] more)
    {
        var hosted = await HostedJarvis.StartAsync(program, [.. settings, .. more]);
        programs.Add(hosted);

        return hosted.Address;
    }

    /// <summary>Completes when the process listens.</summary>
    public async Task<JarvisProcess> StartAndWaitAsync(JarvisProgram program, params (string Key, string Value)[] extraSettings)
    {
        var process = Start(program, extraSettings);
        await process.AddressAsync();

        return process;
    }

    public Task<string> SqlAsync(string sql) => Postgres.SqlAsync(Database, sql);

    public async Task<int> CountAsync(string sql) => int.Parse(await SqlAsync(sql), System.Globalization.CultureInfo.InvariantCulture);

    public async ValueTask DisposeAsync()
    {
        foreach (var program in programs)
        {
            await program.DisposeAsync();
        }

        await Model.DisposeAsync();
        await Redis.DisposeAsync();
        await Postgres.DisposeAsync();
    }
}
