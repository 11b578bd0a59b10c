using System.Diagnostics.Metrics;
using Jarvis.Application.Pipeline;

namespace Jarvis.Infrastructure.Ai.Embeddings;

/// <summary>Metrics of the embedding worker.</summary>
internal sealed class EmbeddingMetrics
{
    private readonly Counter<long> embedded;
    private readonly Counter<long> failed;
    private readonly ObservableGauge<int> backlogGauge;
    private volatile int backlog = -1;

    public EmbeddingMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(JarvisTelemetry.SourceName);
        embedded = meter.CreateCounter<long>("jarvis.memory.embeddings", "{text}", "Memories and turns that this worker embedded.");
        failed = meter.CreateCounter<long>("jarvis.memory.embeddings.failed", "{call}", "Calls to the embedding server that failed.");
        backlogGauge = meter.CreateObservableGauge("jarvis.memory.embeddings.behind", Observe, "{text}", "Memories and turns that don't have a vector of the current model.");
    }

    public bool IsWatched => backlogGauge.Enabled;

    public void Embedded(int count) => embedded.Add(count);

    public void Failed(EmbeddingFault fault) => failed.Add(1, new KeyValuePair<string, object?>("reason", fault.ToString()));

    /// <summary>Sets the reported backlog until the next call.</summary>
    public void SetBacklog(int count) => backlog = count;

    private IEnumerable<Measurement<int>> Observe()
    {
        if (backlog >= 0)
        {
            yield return new Measurement<int>(backlog);
        }
    }
}
