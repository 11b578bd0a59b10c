using System.Collections.Concurrent;
using Jarvis.TestSupport.Output;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Jarvis.TestSupport.StandIns;

/// <summary>Metric as it arrived; the value of a histogram is its number of measurements.</summary>
public sealed record OtlpFigure(string Name, double Value, IReadOnlyDictionary<string, string> Tags);

/// <summary>Collector that accepts OTLP over HTTP and records the messages.</summary>
public sealed class OtlpStandIn : StandInHost
{
    private readonly CapturedWriter? output = CapturedOutput.Open("telemetry");

    /// <summary>Value for <c>Otel:Endpoint</c>.</summary>
    public Uri Endpoint => Root;

    /// <summary>Metrics in order of arrival.</summary>
    public ConcurrentQueue<OtlpFigure> Figures { get; } = new();

    /// <summary>Names of the spans.</summary>
    public ConcurrentQueue<string> Spans { get; } = new();

    /// <summary>All received bytes as text, to search them for values that must not leave the process.</summary>
    public ConcurrentQueue<string> Texts { get; } = new();

    public static Task<OtlpStandIn> StartAsync() => StartAsync(new OtlpStandIn());

    protected override void Map(WebApplication app) => app.Run(TakeAsync);

    protected override void DisposeResources() => output?.Dispose();

    // Field numbers of opentelemetry-proto 1.x.
    private async Task TakeAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body, context.RequestAborted);
        var request = new OtlpMessage(body.ToArray());
        Texts.Enqueue(request.Text);
        output?.Line(request.Text);
        switch (context.Request.Path.Value)
        {
            case "/v1/metrics":
                foreach (var figure in request.At(1, 2, 2).SelectMany(Read))
                {
                    Figures.Enqueue(figure);
                }

                break;
            case "/v1/traces":
                foreach (var name in request.At(1, 2, 2, 5))
                {
                    Spans.Enqueue(name.Text);
                }

                break;
            default:
                context.Response.StatusCode = StatusCodes.Status404NotFound;
                break;
        }
    }

    private static IEnumerable<OtlpFigure> Read(OtlpMessage metric)
    {
        var name = metric.At(1).Single().Text;

        // A gauge or a sum has numbers as doubles or as integers; a histogram has counts.
        foreach (var point in metric.At(5, 1).Concat(metric.At(7, 1)))
        {
            yield return new OtlpFigure(name, point.At(4).Select(value => value.Double).Concat(point.At(6).Select(value => (double)value.Long)).Single(), Tags(point, 7));
        }

        foreach (var point in metric.At(9, 1))
        {
            yield return new OtlpFigure(name, point.At(4).Single().Long, Tags(point, 9));
        }
    }

    private static Dictionary<string, string> Tags(OtlpMessage point, int field) =>
        point.At(field).ToDictionary(tag => tag.At(1).Single().Text, tag => tag.At(2, 1).Select(value => value.Text).SingleOrDefault() ?? "");
}
