using Microsoft.Extensions.Time.Testing;

namespace Jarvis.Application.Tests;

/// <summary>Clock that does not advance. Timers fire immediately, and their delays are recorded.</summary>
internal sealed class AutoAdvancingTimeProvider(DateTimeOffset start) : FakeTimeProvider(start)
{
    private readonly List<TimeSpan> waits = [];

    public IReadOnlyList<TimeSpan> Delays
    {
        get
        {
            lock (waits)
            {
                return [.. waits];
            }
        }
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        lock (waits)
        {
            waits.Add(dueTime);
        }

        return base.CreateTimer(callback, state, TimeSpan.Zero, period);
    }
}
