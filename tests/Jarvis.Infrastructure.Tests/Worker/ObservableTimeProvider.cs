using System.Collections.Concurrent;
using Jarvis.TestSupport.Services;
using Microsoft.Extensions.Time.Testing;

namespace Jarvis.Infrastructure.Tests.Worker;

/// <summary>Clock that does not advance and records the delays of its timers.</summary>
internal sealed class ObservableTimeProvider : FakeTimeProvider
{
    public ConcurrentQueue<TimeSpan> Waits { get; } = new();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = base.CreateTimer(callback, state, dueTime, period);
        Waits.Enqueue(dueTime);

        return timer;
    }

    public Task WaitedAsync(int times) => Eventually.IsTrueAsync(() => Task.FromResult(Waits.Count >= times), $"wait {times}");
}
