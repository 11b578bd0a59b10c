using Jarvis.Testing;
using Jarvis.Testing.StandIns;
using Microsoft.Extensions.DependencyInjection;
using StackExchange.Redis;

namespace Jarvis.Web.Tests.Telemetry;

/// <summary>What somebody who watches over Jarvis is sent.</summary>
public sealed class TelemetryTests : IAsyncLifetime
{
    private OtlpStandIn collector = null!;
    private JarvisHost host = null!;

    public async ValueTask InitializeAsync()
    {
        collector = await OtlpStandIn.StartAsync();
        host = await JarvisHost.StartAsync(
            ("Otel:Endpoint", collector.Endpoint.ToString()),
            ("OTEL_METRIC_EXPORT_INTERVAL", "200"),
            ("OTEL_BSP_SCHEDULE_DELAY", "200"));
    }

    public async ValueTask DisposeAsync()
    {
        await host.DisposeAsync();
        await collector.DisposeAsync();
    }

    [Fact]
    public async Task The_collector_is_told_how_the_queue_stands_and_how_its_jobs_go()
    {
        using var person = await JarvisClient.RegisterAsync(host);
        await host.Services.GetRequiredService<IConnectionMultiplexer>().GetDatabase()
            .ListLeftPushAsync("jarvis:memory:jobs", ["""{"v":2}""", "no job"]);

        var answer = await person.AskAsync("My dog is called Reksio.");
        await person.RememberedAsync(answer.GetProperty("conversationId").GetGuid());

        await ArrivesAsync("jarvis.memory.queue.dead", figure => figure.Value == 2);
        await ArrivesAsync("jarvis.memory.queue.depth", figure => figure.Value == 0);
        await ArrivesAsync("jarvis.memory.queue.oldest", figure => figure.Value == 0);
        await ArrivesAsync("jarvis.memory.queue.running", figure => figure.Value == 0);
        await ArrivesAsync("jarvis.memory.queue.delayed", figure => figure.Value == 0);
        await ArrivesAsync("jarvis.memory.job.duration", figure => figure.Value >= 1 && figure.Tags["outcome"] == "ok");
        foreach (var stage in new[] { "load", "extract", "store" })
        {
            await ArrivesAsync("jarvis.memory.stage.duration", figure => figure.Value >= 1 && figure.Tags["stage"] == stage);
        }

        await ArrivesAsync("http.server.request.duration", figure => figure.Value >= 1);
    }

    [Fact]
    public async Task The_collector_is_sent_the_spans_of_requests_without_what_was_said()
    {
        using var person = await JarvisClient.RegisterAsync(host);

        await person.AskAsync("My dog is called Reksio.");

        await JarvisClient.UntilAsync(() => Task.FromResult(collector.Spans.ToArray()), spans => spans.Contains("AskChat") && spans.Contains("POST /chat/ask"));
        collector.Spans.Should().NotContain(span => span.Contains("Reksio"));
    }

    private Task<OtlpFigure[]> ArrivesAsync(string name, Func<OtlpFigure, bool> holds) => JarvisClient.UntilAsync(
        () => Task.FromResult(collector.Figures.Where(figure => figure.Name == name).ToArray()),
        figures => figures.Any(holds));
}
