using System.Diagnostics;
using System.Net.ServerSentEvents;

namespace Jarvis.Server.Tests.FaultTolerance;

/// <summary>SIGTERM, as Compose and other supervisors send it.</summary>
public sealed class DrainTests(RealServices services)
{
    private const string Fact = $"{ScriptedExtractionReplies.Mark} my cat is called Filemon";

    [Fact]
    public async Task Stopping_web_process_finishes_answers_and_refuses_new_requests()
    {
        await using var server = await JarvisServer.StartAsync(services);
        server.Model.Answer = _ => "one two three four five six seven eight";
        server.Model.TokenDelay = TimeSpan.FromMilliseconds(300);
        var web = await server.StartAndWaitAsync(JarvisProgram.Web);
        using var person = await JarvisClient.RegisterAsync(await web.AddressAsync());
        using var streaming = await person.StartStreamAsync("Count");
        await server.Model.WaitForAsync();

        var stopping = web.TerminateAsync();
        var events = await SseParser.Create(await streaming.Content.ReadAsStreamAsync()).EnumerateAsync().Select(item => item.EventType).ToListAsync();
        var act = () => person.Http.GetAsync("/health/live");

        events.Should().EndWith("done");
        (await stopping).Should().Be(0);
        await act.Should().ThrowAsync<HttpRequestException>();
        (await server.SqlAsync("SELECT status, response FROM conversation_history")).Should().Be("completed|one two three four five six seven eight");
        web.Output.Should().NotContain("fail:");
    }

    [Fact]
    public async Task Stopping_worker_finishes_its_running_job()
    {
        await using var server = await JarvisServer.StartAsync(services);
        server.Model.AddFault(OpenAiFault.SlowFirstToken(TimeSpan.FromSeconds(3)), request => request.IsExtraction);
        var worker = await StartBusyWorkerAsync(server);

        var exit = await worker.TerminateAsync();

        exit.Should().Be(0);
        (await server.SqlAsync("SELECT content FROM memory_items")).Should().Be("my cat is called Filemon");
        worker.Output.Should().NotContain("fail:");
    }

    [Fact]
    public async Task Job_unfinished_at_shutdown_is_requeued_promptly_for_another_worker()
    {
        // With this lease the job would be blocked for a quarter of an hour if its worker had not returned it.
        await using var server = await JarvisServer.StartAsync(services, ("Memory:Lease", "00:15:00"));
        server.Model.AddFault(OpenAiFault.Silence, request => request.IsExtraction, times: 1);
        var worker = await StartBusyWorkerAsync(server);
        var started = Stopwatch.GetTimestamp();

        var exit = await worker.TerminateAsync();
        var shutdown = Stopwatch.GetElapsedTime(started);
        await server.HostAsync(JarvisProgram.Worker);
        await Eventually.IsTrueAsync(async () => await server.SqlAsync("SELECT content FROM memory_items") == "my cat is called Filemon", "another worker reads the turn");

        exit.Should().Be(0);
        shutdown.Should().BeLessThan(TimeSpan.FromSeconds(12), "the job has ten seconds, and the process needs time to exit");
        (await server.Redis.CliAsync("HLEN", "{jarvis:memory:jobs}:attempts")).Should().Be("0", "the job did not cause the failure");
    }

    private static async Task<JarvisProcess> StartBusyWorkerAsync(JarvisServer server)
    {
        using var person = await JarvisClient.RegisterAsync(await server.HostAsync(JarvisProgram.Web));
        var worker = await server.StartAndWaitAsync(JarvisProgram.Worker);
        await person.AskAsync(Fact);
        await server.Model.WaitForAsync(1, request => request.IsExtraction);

        return worker;
    }
}
