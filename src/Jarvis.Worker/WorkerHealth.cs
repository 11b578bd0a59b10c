using System.Collections.Immutable;

namespace Jarvis.Worker;

/// <summary>What the worker says about itself: whether it gets on, and not merely whether it is there.</summary>
public sealed class WorkerHealth(TimeProvider clock)
{
    private ImmutableArray<WorkerLoopStatus> loops = [];

    /// <summary>Working while one of its loops is; else what happened last.</summary>
    public WorkerState State
    {
        get
        {
            var steps = loops.Select(loop => loop.Last).ToList();

            return steps.Exists(step => step.State == WorkerState.Working)
                ? WorkerState.Working
                : steps.MaxBy(step => step.At)?.State ?? WorkerState.Starting;
        }
    }

    /// <summary>Each loop comes round: one that hangs is not made up for by others that turn.</summary>
    public bool IsProgressing => State is WorkerState.Waiting or WorkerState.Working && !loops.Any(loop => loop.IsStuck);

    internal WorkerLoopStatus AddLoop()
    {
        var loop = new WorkerLoopStatus(clock);
        ImmutableInterlocked.Update(ref loops, all => all.Add(loop));

        return loop;
    }
}
