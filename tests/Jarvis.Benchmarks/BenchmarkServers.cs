using System.Diagnostics;
using System.Globalization;
using Jarvis.TestSupport;
using Jarvis.TestSupport.Services;
using Npgsql;

namespace Jarvis.Benchmarks;

/// <summary>PostgreSQL and Redis of one run and the Jarvis processes on them.</summary>
internal sealed class BenchmarkServers : IAsyncDisposable
{
    private const string Database = "jarvis";

    private readonly PrivatePostgres postgres;
    private readonly PrivateRedis redis;

    private BenchmarkServers(PrivatePostgres postgres, PrivateRedis redis) => (this.postgres, this.redis) = (postgres, redis);

    /// <summary>Settings of Jarvis that connect to both servers.</summary>
    public (string Key, string Value)[] Connections => Settings(postgres.Port, redis.ConnectionString);

    public static async Task<BenchmarkServers> StartAsync()
    {
        var postgres = await PrivatePostgres.StartAsync(RealServices.Shared);
        var servers = new BenchmarkServers(postgres, await PrivateRedis.StartAsync(RealServices.Shared));
        await servers.postgres.CreateDatabaseAsync(Database);
        await using var migration = JarvisProcess.Start(JarvisProgram.Migrate, servers.Connections);
        var exit = await migration.ExitCodeAsync();

        return exit == 0 ? servers : throw new InvalidOperationException($"--migrate exited with {exit}: {migration.Output}");
    }

    /// <summary>The same settings through proxies that record the requests.</summary>
    public (string Key, string Value)[] ConnectionsThrough(TcpProxy postgresProxy, TcpProxy redisProxy) => Settings(postgresProxy.Port, redis.ConnectionStringOver(redisProxy));

    public TcpProxy MeterPostgres() => new(postgres.Port, () => new PostgresRequestReader());

    public TcpProxy MeterRedis() => new(redis.Port, () => new RespRequestReader());

    public Task<BenchmarkTarget> StartWebAsync(params (string Key, string Value)[] settings) =>
        BenchmarkTarget.StartAsync(() => JarvisProcess.Start(JarvisProgram.Web, [.. Connections, .. settings]), "/account/login");

    public Task<BenchmarkTarget> StartWorkerAsync() => BenchmarkTarget.StartAsync(
        () => JarvisProcess.Start(JarvisProgram.Worker, [.. Connections, ("Memory:Extractor", "Heuristic")]),
        "/health/ready");

    public Task<BenchmarkTarget> StartBaselineAsync(string statementsFile) => BenchmarkTarget.StartAsync(
        () =>
        {
            var start = new ProcessStartInfo("dotnet", [typeof(BenchmarkServers).Assembly.Location, Baseline.BaselineApi.Argument, statementsFile]);

            // The SDK of the web process sets the same.
            start.Environment["DOTNET_gcServer"] = "1";
            foreach (var (key, value) in Connections)
            {
                start.Environment[key.Replace(":", "__", StringComparison.Ordinal)] = value;
            }

            return JarvisProcess.Start(start);
        },
        "/health/live");

    /// <summary>Runs the clients and measures the processor time that the other processes use for them.</summary>
    public async Task<SharedRun> AskAsync(BenchmarkTarget subject, string[] tokens, int clients, TimeSpan time)
    {
        using var self = Process.GetCurrentProcess();
        var (byPostgres, byRedis, byClients) = (await postgres.ProcessorTimeAsync(), await redis.ProcessorTimeAsync(), self.TotalProcessorTime);
        var result = await AskBench.RunAsync(subject, tokens, clients, time);
        self.Refresh();

        return new SharedRun(
            result,
            (await postgres.ProcessorTimeAsync() - byPostgres).TotalMilliseconds / result.Milliseconds.Length,
            (await redis.ProcessorTimeAsync() - byRedis).TotalMilliseconds / result.Milliseconds.Length,
            (self.TotalProcessorTime - byClients).TotalMilliseconds / result.Milliseconds.Length);
    }

    public async Task<int> CountAsync(string from) =>
        int.Parse(await postgres.SqlAsync(Database, $"SELECT count(*) FROM {from}"), CultureInfo.InvariantCulture);

    public async ValueTask DisposeAsync()
    {
        await redis.DisposeAsync();
        await postgres.DisposeAsync();
    }

    private (string Key, string Value)[] Settings(int postgresPort, string redisConnection)
    {
        var database = new NpgsqlConnectionStringBuilder(postgres.ConnectionString(Database))
        {
            Port = postgresPort,
            SslMode = SslMode.Disable,
            GssEncryptionMode = GssEncryptionMode.Disable,
        };

        return [("ConnectionStrings:Postgres", database.ToString()), ("ConnectionStrings:Redis", redisConnection)];
    }
}

/// <summary>Milliseconds of processor time of one answer.</summary>
internal sealed record SharedRun(AnswerRun Asking, double PostgresMilliseconds, double RedisMilliseconds, double ClientMilliseconds);
