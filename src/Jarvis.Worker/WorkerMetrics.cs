using System.Diagnostics.Metrics;
using Jarvis.Application.Memories;
using Jarvis.Application.Pipeline;

namespace Jarvis.Worker;

/// <summary>What the worker tells whoever watches over it: how the queue stands, and how its jobs go.</summary>
internal sealed class WorkerMetrics
{
    private readonly ObservableGauge<long> depth;
    private readonly Counter<long> retried;
    private readonly Histogram<double> duration;
    private volatile MemoryQueueStatistics? queue;

    public WorkerMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(JarvisTelemetry.SourceName);
        depth = meter.CreateObservableGauge("jarvis.memory.queue.depth", () => Observe(seen => seen.Depth), "{job}", "Memory jobs that nobody has taken yet.");
        meter.CreateObservableGauge("jarvis.memory.queue.oldest", () => Observe(seen => seen.Oldest.TotalSeconds), "s", "For how long the first of them has been waiting.");
        meter.CreateObservableGauge("jarvis.memory.queue.running", () => Observe(seen => seen.Running), "{job}", "Memory jobs at work, of all workers.");
        meter.CreateObservableGauge("jarvis.memory.queue.delayed", () => Observe(seen => seen.Delayed), "{job}", "Memory jobs that wait for their next attempt.");
        meter.CreateObservableGauge("jarvis.memory.queue.dead", () => Observe(seen => seen.Dead), "{job}", "Memory jobs that were given up.");
        retried = meter.CreateCounter<long>("jarvis.memory.jobs.retried", "{job}", "Memory jobs that this worker gave back.");
        duration = meter.CreateHistogram<double>("jarvis.memory.job.duration", "s", "Duration of a memory job in this worker.");
    }

    public bool IsWatched => depth.Enabled;

    /// <summary>What is told until the next time; nothing where Redis did not say.</summary>
    public void Update(MemoryQueueStatistics? statistics) => queue = statistics;

    public void Retried(string reason) => retried.Add(1, new KeyValuePair<string, object?>("reason", reason));

    public void Ended(TimeSpan took, string outcome) => duration.Record(took.TotalSeconds, new KeyValuePair<string, object?>("outcome", outcome));

    private IEnumerable<Measurement<T>> Observe<T>(Func<MemoryQueueStatistics, T> figure)
        where T : struct
    {
        if (queue is { } seen)
        {
            yield return new Measurement<T>(figure(seen));
        }
    }
}
