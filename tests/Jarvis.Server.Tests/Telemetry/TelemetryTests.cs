namespace Jarvis.Server.Tests.Telemetry;

/// <summary>Exported telemetry. The processes are separate, because meters are global to a process.</summary>
public sealed class TelemetryTests(RealServices services) : IAsyncLifetime
{
    private const string Fact = $"{ScriptedExtractionReplies.Mark} my cat is called Filemon";

    private OtlpStandIn collector = null!;
    private JarvisServer server = null!;

    public async ValueTask InitializeAsync()
    {
        collector = await OtlpStandIn.StartAsync();
        server = await JarvisServer.StartAsync(
            services,
            ("Otel:Endpoint", collector.Endpoint.ToString()),
            ("OTEL_METRIC_EXPORT_INTERVAL", "200"),
            ("OTEL_BSP_SCHEDULE_DELAY", "200"));
    }

    public async ValueTask DisposeAsync()
    {
        await server.DisposeAsync();
        await collector.DisposeAsync();
    }

    [Fact]
    public async Task Collector_receives_queue_and_job_metrics()
    {
        // Longer than the worker's poll interval.
        server.Model.AddFault(OpenAiFault.SlowFirstToken(TimeSpan.FromSeconds(8)), request => request.IsExtraction, times: 1);
        using var person = await PersonAsync();
        await person.AskAsync(Fact);
        await person.AskAsync(Fact);
        await server.Redis.CliAsync("LPUSH", "jarvis:memory:jobs", """{"v":2}""", "no job");
        await server.StartAndWaitAsync(JarvisProgram.Worker, ("Memory:Workers", "1"));

        await WaitForMetricAsync("jarvis.memory.queue.running", figure => figure.Value == 1);
        await WaitForMetricAsync("jarvis.memory.queue.depth", figure => figure.Value == 3);
        await WaitForMetricAsync("jarvis.memory.queue.oldest", figure => figure.Value > 0);
        await WaitForMetricAsync("jarvis.memory.queue.dead", figure => figure.Value == 2);
        await WaitForMetricAsync("jarvis.memory.queue.depth", figure => figure.Value == 0);
        await WaitForMetricAsync("jarvis.memory.queue.delayed", figure => figure.Value == 0);
        await WaitForMetricAsync("jarvis.memory.job.duration", figure => figure.Value >= 2 && figure.Tags["outcome"] == "ok");
        foreach (var stage in new[] { "load", "extract", "store" })
        {
            await WaitForMetricAsync("jarvis.memory.stage.duration", figure => figure.Value >= 2 && figure.Tags["stage"] == stage);
        }
    }

    [Fact]
    public async Task Retried_job_is_counted_with_its_reason()
    {
        server.Model.AddFault(OpenAiFault.Garbage, request => request.IsExtraction);
        using var person = await PersonAsync();
        await person.AskAsync(Fact);

        await server.StartAndWaitAsync(JarvisProgram.Worker);

        await WaitForMetricAsync("jarvis.memory.jobs.retried", figure => figure.Value >= 1 && figure.Tags["reason"].Length > 0);
    }

    [Fact]
    public async Task Collector_receives_request_spans_and_metrics_without_content()
    {
        using var person = await PersonAsync();

        await person.AskAsync(Fact);

        await JarvisClient.UntilAsync(() => Task.FromResult(collector.Spans.ToArray()), spans => spans.Contains("AskChat") && spans.Contains("POST /chat/ask"));
        await WaitForMetricAsync("http.server.request.duration", figure => figure.Value >= 1);
        collector.Texts.Should().NotContain(text => text.Contains("Filemon"));
    }

    private async Task<JarvisClient> PersonAsync()
    {
        var web = await server.StartAndWaitAsync(JarvisProgram.Web);

        return await JarvisClient.RegisterAsync(await web.AddressAsync());
    }

    private Task<OtlpFigure[]> WaitForMetricAsync(string name, Func<OtlpFigure, bool> condition) => JarvisClient.UntilAsync(
        () => Task.FromResult(collector.Figures.Where(figure => figure.Name == name).ToArray()),
        figures => figures.Any(condition));
}
