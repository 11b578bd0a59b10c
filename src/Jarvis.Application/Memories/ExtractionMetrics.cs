using System.Diagnostics;
using System.Diagnostics.Metrics;
using Trace = Jarvis.Application.Pipeline.JarvisTelemetry;

namespace Jarvis.Application.Memories;

/// <summary>Measures the stages of an extraction. The extractor runs in the middle stage, the database in the others.</summary>
internal static class ExtractionMetrics
{
    private static readonly Histogram<double> Duration =
        Trace.Meter.CreateHistogram<double>("jarvis.memory.stage.duration", "s", "Duration of one stage of an extraction.");

    public static Task<T> LoadAsync<T>(Task<T> stage) => MeasureAsync("load", stage);

    public static Task<T> ExtractAsync<T>(Task<T> stage) => MeasureAsync("extract", stage);

    public static Task<T> StoreAsync<T>(Task<T> stage) => MeasureAsync("store", stage);

    private static async Task<T> MeasureAsync<T>(string name, Task<T> stage)
    {
        var start = Stopwatch.GetTimestamp();
        try
        {
            return await stage;
        }
        finally
        {
            Duration.Record(Stopwatch.GetElapsedTime(start).TotalSeconds, new KeyValuePair<string, object?>("stage", name));
        }
    }
}
