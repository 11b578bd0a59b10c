using System.Diagnostics;

namespace Jarvis.Web.Tests.Memories;

/// <summary>Outages of Redis, of the worker or of the extraction model neither delay nor fail an answer.</summary>
public sealed class ChatPriorityTests : IAsyncLifetime
{
    private static readonly TimeSpan TokenDelay = TimeSpan.FromMilliseconds(500);

    private OpenAiStandIn model = null!;
    private JarvisHost host = null!;
    private JarvisClient person = null!;

    public async ValueTask InitializeAsync()
    {
        // Worst case: one model for both, which processes one request at a time as a local server does.
        model = await OpenAiStandIn.StartAsync();
        model.SingleSlot = true;
        model.Answer = _ => "one two three";
        host = await JarvisHost.StartAsync(
            ("LocalLlm:BaseUrl", model.BaseUrl.ToString()), ("LocalLlm:Model", "stand-in"), ("Memory:Extractor", "Llm"));
        person = await JarvisClient.RegisterAsync(host);
        await JarvisClient.UntilAsync(() => person.GetAsync("/models"), models => models.ToString().Contains("\"available\":true,\"local\":true") && models.ToString().Contains("stand-in"));
    }

    public async ValueTask DisposeAsync()
    {
        person.Dispose();
        await host.DisposeAsync();
        await model.DisposeAsync();
    }

    [Fact]
    public async Task Answer_is_not_delayed_by_the_worker()
    {
        model.TokenDelay = TokenDelay;
        await host.StopWorkerAsync();
        var baseline = await MeasureAnswerAsync();
        await host.RestartAsync();
        using var newSession = await JarvisClient.SignInAsync(host, person.Username);
        person.Dispose();
        person = newSession;
        await model.WaitForAsync(when: request => request.IsExtraction);

        var duringExtraction = await MeasureAnswerAsync();

        // Less than the duration of one additional token of a model that the worker was using.
        duringExtraction.Should().BeLessThan(baseline + TokenDelay);
    }

    [Fact]
    public async Task Answers_are_generated_while_the_extraction_hangs()
    {
        model.AddFault(OpenAiFault.Silence, request => request.IsExtraction);
        var first = await person.AskAsync("My dog is called Reksio");
        await model.WaitForAsync(when: request => request.IsExtraction);

        var second = await person.AskAsync("And my cat is called Filemon", first.Id("conversationId"));

        second.Text("response").Should().Be("one two three");
    }

    [Fact]
    public async Task Answers_are_generated_while_the_worker_is_stopped()
    {
        await host.StopWorkerAsync();

        var answer = await person.AskAsync("Hi");

        answer.Text("response").Should().Be("one two three");
    }

    [Fact]
    public async Task Answers_are_generated_during_Redis_outage_and_memory_catches_up()
    {
        await host.StopRedisAsync();

        var answer = await person.AskAsync("My dog is called Reksio");

        answer.Text("response").Should().Be("one two three");
        await host.RestartAsync(("Memory:Extractor", "Heuristic"));
        using var newSession = await JarvisClient.SignInAsync(host, person.Username);
        await newSession.WaitForMemoryAsync(answer.Id("conversationId"));
        (await newSession.MemoriesAsync()).Should().Contain(memory => memory.ToString().Contains("Reksio"));
    }

    private async Task<TimeSpan> MeasureAnswerAsync()
    {
        var started = Stopwatch.GetTimestamp();
        await person.AskAsync("My dog is called Reksio and I live in Gdańsk");

        return Stopwatch.GetElapsedTime(started);
    }
}
