namespace Jarvis.Server.Tests.FaultTolerance;

/// <summary>Two worker processes and one conversation, which only one of them may read at a time.</summary>
public sealed class LeaseTests(RealServices services)
{
    private const string Fact = $"{ScriptedExtractionReplies.Mark} my cat is called Filemon";

    // The slots of the local model are leased as well; this test is about the job's lease.
    private static readonly (string, string) EnoughSlots = ("Memory:LlmConcurrency", "4");

    [Fact]
    public async Task Extraction_longer_than_its_lease_runs_once()
    {
        await using var server = await JarvisServer.StartAsync(services, ("Memory:Lease", "00:00:02"), EnoughSlots);
        server.Model.AddFault(OpenAiFault.SlowFirstToken(TimeSpan.FromSeconds(12)), request => request.IsExtraction);
        using var person = await PersonAsync(server);
        await server.StartAndWaitAsync(JarvisProgram.Worker);
        await server.StartAndWaitAsync(JarvisProgram.Worker);

        await person.AskAsync(Fact);
        await WaitForMemoryAsync(server, within: TimeSpan.FromSeconds(60));

        server.Model.Extractions.Should().ContainSingle();
        (await server.CountAsync("SELECT message_count FROM conversation_summary")).Should().Be(1);
        (await server.SqlAsync("SELECT content FROM memory_items")).Should().Be("my cat is called Filemon");
    }

    [Fact]
    public async Task Paused_worker_that_lost_its_lease_cannot_write()
    {
        await using var server = await JarvisServer.StartAsync(services, ("Memory:Lease", "00:00:02"), EnoughSlots);
        var attempts = 0;
        server.Model.Extraction = request => ScriptedExtractionReplies.Of(request).Replace("more turns", $"more turns, read at attempt {Interlocked.Increment(ref attempts)}", StringComparison.Ordinal);
        server.Model.AddFault(OpenAiFault.SlowFirstToken(TimeSpan.FromSeconds(6)), request => request.IsExtraction);
        server.Model.AddFault(OpenAiFault.SlowFirstToken(TimeSpan.FromSeconds(1)), request => request.IsExtraction, times: 1);
        using var person = await PersonAsync(server);
        var pausedWorker = await server.StartAndWaitAsync(JarvisProgram.Worker);
        await person.AskAsync(Fact);
        var first = await server.Model.WaitForAsync(1, request => request.IsExtraction);

        // The answer arrives while the worker is suspended. When it resumes, it has everything that it needs to write.
        await pausedWorker.PauseAsync();
        await first.Ended;
        await server.StartAndWaitAsync(JarvisProgram.Worker);
        await server.Model.WaitForAsync(2, request => request.IsExtraction);
        await pausedWorker.ResumeAsync();
        await Eventually.IsTrueAsync(() => Task.FromResult(pausedWorker.Output.Contains("was lost", StringComparison.Ordinal)), "the paused worker detects the lost lease");
        var summariesWhilePaused = await server.CountAsync("SELECT count(*) FROM conversation_summary");
        await WaitForMemoryAsync(server);

        summariesWhilePaused.Should().Be(0, "the other worker is still extracting");
        (await server.SqlAsync("SELECT message_count, summary FROM conversation_summary")).Should().StartWith("1|").And.Contain("at attempt 2");
        (await server.SqlAsync("SELECT content FROM memory_items")).Should().Be("my cat is called Filemon");
    }

    private static async Task<JarvisClient> PersonAsync(JarvisServer server) => await JarvisClient.RegisterAsync(await server.HostAsync(JarvisProgram.Web));

    private static Task WaitForMemoryAsync(JarvisServer server, TimeSpan? within = null) => Eventually.IsTrueAsync(
        async () => await server.CountAsync("SELECT count(*) FROM conversation_history WHERE remembered_at IS NULL") == 0,
        "the turn is remembered",
        within);
}
