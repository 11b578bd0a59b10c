using System.Diagnostics.Metrics;
using Jarvis.Application.Pipeline;

namespace Jarvis.Infrastructure.Ai.Embeddings;

/// <summary>How far embedding is, and how it goes.</summary>
internal sealed class EmbeddingMetrics
{
    private readonly Counter<long> embedded;
    private readonly Counter<long> failed;
    private readonly ObservableGauge<int> behind;
    private volatile int left = -1;

    public EmbeddingMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(JarvisTelemetry.SourceName);
        embedded = meter.CreateCounter<long>("jarvis.memory.embeddings", "{text}", "Memories and turns that this worker embedded.");
        failed = meter.CreateCounter<long>("jarvis.memory.embeddings.failed", "{call}", "Calls to the embedding server that failed.");
        behind = meter.CreateObservableGauge("jarvis.memory.embeddings.behind", Observe, "{text}", "Memories and turns that don't have a vector of the current model.");
    }

    public bool IsWatched => behind.Enabled;

    public void Embedded(int count) => embedded.Add(count);

    public void Failed(EmbeddingFault fault) => failed.Add(1, new KeyValuePair<string, object?>("reason", fault.ToString()));

    /// <summary>What is told until the next time.</summary>
    public void SetBacklog(int count) => left = count;

    private IEnumerable<Measurement<int>> Observe()
    {
        if (left >= 0)
        {
            yield return new Measurement<int>(left);
        }
    }
}
