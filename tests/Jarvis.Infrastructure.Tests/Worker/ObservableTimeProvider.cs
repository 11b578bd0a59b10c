using System.Collections.Concurrent;
using Microsoft.Extensions.Time.Testing;

namespace Jarvis.Infrastructure.Tests.Worker;

/// <summary>Clock that does not advance and records the delays of its timers.</summary>
internal sealed class ObservableTimeProvider : FakeTimeProvider
{
    public ConcurrentQueue<TimeSpan> Delays { get; } = new();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = base.CreateTimer(callback, state, dueTime, period);
        Delays.Enqueue(dueTime);

        return timer;
    }

    public Task WaitForDelaysAsync(int times) => Eventually.IsTrueAsync(() => Task.FromResult(Delays.Count >= times), $"wait {times}");
}
