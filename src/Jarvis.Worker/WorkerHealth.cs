namespace Jarvis.Worker;

/// <summary>What the worker says about itself: whether it gets on, and not merely whether it is there.</summary>
public sealed class WorkerHealth(TimeProvider clock)
{
    /// <summary>A loop comes round every few seconds, with or without a job, and whether or not Redis answers.</summary>
    private static readonly TimeSpan LongestTurn = TimeSpan.FromSeconds(30);

    /// <summary>An extraction by a small machine may take ten minutes.</summary>
    private static readonly TimeSpan LongestWork = TimeSpan.FromMinutes(15);

    private readonly Lock gate = new();
    private WorkerState idle = WorkerState.Starting;
    private DateTimeOffset? lastTurn;
    private int working;

    public WorkerState State
    {
        get
        {
            lock (gate)
            {
                return working > 0 ? WorkerState.Working : idle;
            }
        }
    }

    /// <summary>When a loop last came round; null before the first time.</summary>
    public DateTimeOffset? LastTurn
    {
        get
        {
            lock (gate)
            {
                return lastTurn;
            }
        }
    }

    public bool IsProgressing => State switch
    {
        WorkerState.Starting or WorkerState.QueueUnavailable or WorkerState.Stopped => false,
        WorkerState.Waiting => clock.GetUtcNow() - LastTurn < LongestTurn,
        WorkerState.Working => clock.GetUtcNow() - LastTurn < LongestWork,
    };

    internal void Turned(WorkerState state)
    {
        lock (gate)
        {
            (idle, lastTurn) = (state, clock.GetUtcNow());
        }
    }

    /// <summary>Disposed of when the job is done.</summary>
    internal IDisposable Work()
    {
        lock (gate)
        {
            working++;
            lastTurn = clock.GetUtcNow();
        }

        return new Working(this);
    }

    private void Worked()
    {
        lock (gate)
        {
            working--;
            lastTurn = clock.GetUtcNow();
        }
    }

    private sealed class Working(WorkerHealth health) : IDisposable
    {
        public void Dispose() => health.Worked();
    }
}
