using System.Text.Json;

namespace Jarvis.Server.Tests.FaultTolerance;

/// <summary>Redis data of the queue, read and written with redis-cli.</summary>
public sealed class WireTests(RealServices services)
{
    private const string Jobs = "jarvis:memory:jobs";
    private const string Dead = "{jarvis:memory:jobs}:dead";

    [Fact]
    public async Task Queued_job_contains_exactly_the_contract_fields()
    {
        await using var server = await JarvisServer.StartAsync(services);
        using var person = await PersonAsync(server);

        var answer = await person.AskAsync("My dog is called Reksio");
        await Eventually.IsTrueAsync(async () => await server.Redis.CliAsync("LLEN", Jobs) == "1", "the job is queued");

        var job = JsonSerializer.Deserialize<Dictionary<string, JsonElement>>(await server.Redis.CliAsync("LRANGE", Jobs, "0", "-1"))!;
        job.Keys.Should().BeEquivalentTo("v", "userId", "conversationId");
        job["v"].GetInt32().Should().Be(1);
        job["userId"].GetGuid().Should().Be(await server.SqlAsync("SELECT id FROM users"));
        job["conversationId"].GetGuid().Should().Be(answer.Id("conversationId"));
    }

    [Fact]
    public async Task Redis_keys_are_prefixed_and_contain_no_conversation_text()
    {
        await using var server = await JarvisServer.StartAsync(services);
        using var person = await PersonAsync(server);
        await person.AskAsync("My dog is called Reksio");
        await Eventually.IsTrueAsync(async () => await server.Redis.CliAsync("LLEN", Jobs) == "1", "the job is queued");

        var keys = (await server.Redis.CliAsync("KEYS", "*")).Split('\n');
        var values = await Task.WhenAll(keys.Select(key => server.Redis.CliAsync("DUMP", key)));

        keys.Should().NotBeEmpty().And.OnlyContain(key => key.StartsWith("jarvis:", StringComparison.Ordinal) || key.StartsWith("{jarvis:", StringComparison.Ordinal));
        values.Should().OnlyContain(value => !value.Contains("Reksio", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Job_pushed_by_another_client_is_processed()
    {
        // No sweep would queue the job.
        await using var server = await JarvisServer.StartAsync(services, ("Memory:SweepInterval", "1.00:00:00"));
        using var person = await PersonAsync(server);
        var answer = await person.AskAsync($"{ScriptedExtractionReplies.Mark} my dog is called Reksio");
        await server.HostAsync(JarvisProgram.Worker);
        await person.WaitForMemoryAsync(answer.Id("conversationId"));
        await server.SqlAsync("DELETE FROM memory_items; DELETE FROM conversation_summary; UPDATE conversation_history SET remembered_at = NULL");

        var (user, conversation) = (await server.SqlAsync("SELECT id FROM users"), answer.Id("conversationId"));
        await server.Redis.CliAsync("LPUSH", Jobs, $$"""{"v":1,"userId":"{{user}}","conversationId":"{{conversation}}"}""");

        await Eventually.IsTrueAsync(async () => await server.SqlAsync("SELECT content FROM memory_items") == "my dog is called Reksio", "memory reads the conversation again");
        (await server.Redis.CliAsync("LLEN", Jobs)).Should().Be("0");
    }

    [Fact]
    public async Task Invalid_payload_is_dead_lettered_while_valid_jobs_are_processed()
    {
        await using var server = await JarvisServer.StartAsync(services);
        using var person = await PersonAsync(server);
        const string fromTheFuture = """{"v":2,"userId":"x","conversationId":"y"}""";
        await server.Redis.CliAsync("LPUSH", Jobs, fromTheFuture, "not even JSON");

        var answer = await person.AskAsync($"{ScriptedExtractionReplies.Mark} my dog is called Reksio");
        await server.HostAsync(JarvisProgram.Worker);
        await person.WaitForMemoryAsync(answer.Id("conversationId"));

        (await server.Redis.CliAsync("HGET", Dead, fromTheFuture)).Should().Contain("memory.job_version_unknown");
        (await server.Redis.CliAsync("HGET", Dead, "not even JSON")).Should().Contain("memory.job_unreadable");
    }

    private static async Task<JarvisClient> PersonAsync(JarvisServer server) => await JarvisClient.RegisterAsync(await server.HostAsync(JarvisProgram.Web));
}
