using Jarvis.TestSupport;
using Jarvis.TestSupport.Services;
using Jarvis.TestSupport.StandIns;

namespace Jarvis.Server.Tests;

/// <summary>A whole server mode of a test's own: PostgreSQL, Redis, a model, and any number of web and worker processes. Each part can be broken.</summary>
internal sealed class JarvisServer : IAsyncDisposable
{
    private readonly (string Key, string Value)[] settings;
    private readonly List<JarvisProcess> processes = [];

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

            // Not heuristics for as long as the model is away: what is remembered must not depend on when it was read.
            ("Memory:Extractor", "Llm"),
            .. settings,
        ];
    }

    public const string Database = "jarvis";

    public PrivatePostgres Postgres { get; }

    public PrivateRedis Redis { get; }

    /// <summary>For the chat and for memory. Its notes on a turn are what the person said in it, as <see cref="ScriptedExtractionReplies"/> has it.</summary>
    public OpenAiStandIn Model { get; }

    /// <summary>Servers and an up-to-date database; no process of Jarvis runs yet.</summary>
    public static async Task<JarvisServer> StartAsync(RealServices services, params (string Key, string Value)[] settings)
    {
        var postgres = PrivatePostgres.StartAsync(services);
        var redis = PrivateRedis.StartAsync(services);
        var model = OpenAiStandIn.StartAsync();
        var database = await (await postgres).CreateDatabaseAsync(Database);
        var server = new JarvisServer(await postgres, await redis, await model, database, settings);
        await using var migrate = JarvisProcess.Start(JarvisProgram.Migrate, server.settings);

        return await migrate.ExitCodeAsync() == 0 ? server : throw new InvalidOperationException(migrate.Output);
    }

    public JarvisProcess Start(JarvisProgram program, params (string Key, string Value)[] more)
    {
        var process = JarvisProcess.Start(program, [.. settings, .. more]);
        processes.Add(process);

        return process;
    }

    /// <summary>Comes back when it listens.</summary>
    public async Task<JarvisProcess> StartedAsync(JarvisProgram program, params (string Key, string Value)[] more)
    {
        var process = Start(program, more);
        await process.AddressAsync();

        return process;
    }

    public Task<string> SqlAsync(string sql) => Postgres.SqlAsync(Database, sql);

    public async Task<int> CountAsync(string sql) => int.Parse(await SqlAsync(sql), System.Globalization.CultureInfo.InvariantCulture);

    public async ValueTask DisposeAsync()
    {
        foreach (var process in processes)
        {
            await process.DisposeAsync();
        }

        await Model.DisposeAsync();
        await Redis.DisposeAsync();
        await Postgres.DisposeAsync();
    }
}
