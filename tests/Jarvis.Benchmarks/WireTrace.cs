using System.Text.Json;

namespace Jarvis.Benchmarks;

/// <summary>Requests that one answer sends to the servers.</summary>
internal sealed class WireTrace
{
    // An answer calls Redis through scripts only; the driver sends the other commands on its own.
    private const string Script = "EVALSHA";

    private readonly string[] statements;

    private WireTrace(string[] statements, int postgresRoundTrips, int redisRoundTrips) =>
        (this.statements, PostgresRoundTrips, RedisRoundTrips) = (statements, postgresRoundTrips, redisRoundTrips);

    public int PostgresRoundTrips { get; }

    public int RedisRoundTrips { get; }

    public static async Task<WireTrace> CaptureAsync(BenchmarkServers servers, string token)
    {
        using var postgresProxy = servers.MeterPostgres();
        using var redisProxy = servers.MeterRedis();
        await using var web = await servers.StartWebAsync(servers.ConnectionsThrough(postgresProxy, redisProxy));
        using var client = web.Connect(token);

        // Covers all cases: a new conversation, an answer with memories, an existing conversation.
        await client.AskAsync("My parrot is called Kiki.");
        var answer = await client.AskAsync("Tell me what my parrot is called.");
        var conversation = answer.GetProperty("conversationId").GetGuid();
        await client.AskAsync("And in Polish? What is a parrot called there?", conversation);
        var statements = postgresProxy.Statements.Distinct().ToArray();

        postgresProxy.Clear();
        redisProxy.Clear();
        await client.AskAsync("What would you call a parrot?", conversation);
        await WaitForCountAsync(() => redisProxy.Requests.Count(IsOfAnswer), atLeast: 3);

        return new WireTrace(statements, postgresProxy.Requests.Count, redisProxy.Requests.Count(IsOfAnswer));
    }

    public Task WriteStatementsAsync(string file) => File.WriteAllTextAsync(file, JsonSerializer.Serialize(statements));

    private static bool IsOfAnswer(string command) => command.StartsWith(Script, StringComparison.Ordinal);

    // The answer does not wait for the queue.
    private static async Task WaitForCountAsync(Func<int> count, int atLeast)
    {
        using var timeout = new CancellationTokenSource(TimeSpan.FromSeconds(5));
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        while (count() < atLeast)
        {
            await timer.WaitForNextTickAsync(timeout.Token);
        }
    }
}
