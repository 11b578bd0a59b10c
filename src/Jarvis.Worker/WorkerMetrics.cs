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
        depth = meter.CreateObservableGauge("jarvis.memory.queue.depth", () => Observe(seen => seen.Depth), "{job}", "Memory jobs that are waiting.");
        meter.CreateObservableGauge("jarvis.memory.queue.oldest", () => Observe(seen => seen.Oldest.TotalSeconds), "s", "Time that the oldest memory job has been waiting.");
        meter.CreateObservableGauge("jarvis.memory.queue.running", () => Observe(seen => seen.Running), "{job}", "Memory jobs that are running, in all workers.");
        meter.CreateObservableGauge("jarvis.memory.queue.delayed", () => Observe(seen => seen.Delayed), "{job}", "Memory jobs that are waiting for their next attempt.");
        meter.CreateObservableGauge("jarvis.memory.queue.dead", () => Observe(seen => seen.Dead), "{job}", "Memory jobs that failed permanently.");
        retried = meter.CreateCounter<long>("jarvis.memory.jobs.retried", "{job}", "Memory jobs that this worker returned to the queue.");
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
