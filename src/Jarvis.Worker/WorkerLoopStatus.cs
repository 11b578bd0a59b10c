namespace Jarvis.Worker;

/// <summary>Progress of one worker loop. Only that loop writes it; any thread may read it.</summary>
internal sealed class WorkerLoopStatus(TimeProvider clock)
{
    /// <summary>A loop reports every few seconds, with or without a job, and whether or not Redis responds.</summary>
    private static readonly TimeSpan MaxStepDuration = TimeSpan.FromSeconds(30);

    /// <summary>An extraction on a small machine may take ten minutes.</summary>
    private static readonly TimeSpan MaxWorkDuration = TimeSpan.FromMinutes(15);

    private volatile Step step = new(WorkerState.Starting, clock.GetUtcNow());

    public Step Last => step;

    public bool IsStuck => step.State switch
    {
        WorkerState.Working => clock.GetUtcNow() - step.At >= MaxWorkDuration,
        WorkerState.Stopped => false,
        WorkerState.Starting or WorkerState.Waiting or WorkerState.QueueUnavailable or WorkerState.DatabaseUnavailable =>
            clock.GetUtcNow() - step.At >= MaxStepDuration,
    };

    public void Report(WorkerState state) => step = new Step(state, clock.GetUtcNow());

    internal sealed record Step(WorkerState State, DateTimeOffset At);
}
