using System.Diagnostics.Metrics;
using Jarvis.Application.Memories;
using Jarvis.Application.Pipeline;

namespace Jarvis.Worker;

/// <summary>Metrics of the worker: the state of the queue, and the results of its jobs.</summary>
internal sealed class WorkerMetrics
{
    private readonly ObservableGauge<long> depth;
    private readonly Counter<long> retried;
    private readonly Histogram<double> duration;
    private volatile MemoryQueueStatistics? queue;

    public WorkerMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(JarvisTelemetry.SourceName);
        depth = meter.CreateObservableGauge("jarvis.memory.queue.depth", () => Observe(statistics => statistics.Depth), "{job}", "Memory jobs that are waiting.");
        meter.CreateObservableGauge("jarvis.memory.queue.oldest", () => Observe(statistics => statistics.Oldest.TotalSeconds), "s", "Time that the oldest memory job has been waiting.");
        meter.CreateObservableGauge("jarvis.memory.queue.running", () => Observe(statistics => statistics.Running), "{job}", "Memory jobs that are running, in all workers.");
        meter.CreateObservableGauge("jarvis.memory.queue.delayed", () => Observe(statistics => statistics.Delayed), "{job}", "Memory jobs that are waiting for their next attempt.");
        meter.CreateObservableGauge("jarvis.memory.queue.dead", () => Observe(statistics => statistics.Dead), "{job}", "Memory jobs that failed permanently.");
        retried = meter.CreateCounter<long>("jarvis.memory.jobs.retried", "{job}", "Memory jobs that this worker returned to the queue.");
        duration = meter.CreateHistogram<double>("jarvis.memory.job.duration", "s", "Duration of a memory job in this worker.");
    }

    public bool IsWatched => depth.Enabled;

    /// <summary>Sets the values to report until the next update; null if Redis did not respond.</summary>
    public void Update(MemoryQueueStatistics? statistics) => queue = statistics;

    public void Retried(string reason) => retried.Add(1, new KeyValuePair<string, object?>("reason", reason));

    public void Ended(TimeSpan elapsed, string outcome) => duration.Record(elapsed.TotalSeconds, new KeyValuePair<string, object?>("outcome", outcome));

    private IEnumerable<Measurement<T>> Observe<T>(Func<MemoryQueueStatistics, T> select)
        where T : struct
    {
        if (queue is { } statistics)
        {
            yield return new Measurement<T>(select(statistics));
        }
    }
}
