using System.Collections.Immutable;

namespace Jarvis.Worker;

/// <summary>Health of the worker: whether its loops make progress, not only whether the process runs.</summary>
internal sealed class WorkerHealth(TimeProvider clock)
{
    private ImmutableArray<WorkerLoopStatus> loops = [];

    /// <summary>Working while a loop works; otherwise the latest state of any loop.</summary>
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

    /// <summary>True if every loop makes progress. One stuck loop is enough to report false.</summary>
    public bool IsProgressing => State is WorkerState.Waiting or WorkerState.Working && !loops.Any(loop => loop.IsStuck);

    internal WorkerLoopStatus AddLoop()
    {
        var loop = new WorkerLoopStatus(clock);
        ImmutableInterlocked.Update(ref loops, all => all.Add(loop));

        return loop;
    }
}
