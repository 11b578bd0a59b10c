namespace Jarvis.Worker;

public enum WorkerState
{
    Starting,

    /// <summary>No job is there.</summary>
    Waiting,

    Working,

    /// <summary>Redis does not answer; the worker tries again by itself.</summary>
    QueueUnavailable,

    /// <summary>The database does not answer; the worker tries again by itself.</summary>
    DatabaseUnavailable,

    Stopped,
}
