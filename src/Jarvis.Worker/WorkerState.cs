namespace Jarvis.Worker;

internal enum WorkerState
{
    Starting,

    /// <summary>The queue has no job.</summary>
    Waiting,

    Working,

    /// <summary>Redis does not respond; the worker retries automatically.</summary>
    QueueUnavailable,

    /// <summary>The database does not respond; the worker retries automatically.</summary>
    DatabaseUnavailable,

    Stopped,
}
