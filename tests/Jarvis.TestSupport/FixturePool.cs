using System.Collections.Concurrent;

namespace Jarvis.TestSupport;

/// <summary>
/// Fixtures that each serve one test at a time, so that a run starts a few and not one for each test. A test that changed its fixture
/// disposes it instead of returning it.
/// </summary>
public sealed class FixturePool<T>(Func<Task<T>> start)
    where T : IAsyncDisposable
{
    private readonly ConcurrentBag<T> free = [];

    public async Task<T> RentAsync()
    {
        if (free.TryTake(out var rented))
        {
            return rented;
        }

        var started = await start();
        SharedHosts.DisposeAtEnd(started);

        return started;
    }

    public void Return(T fixture) => free.Add(fixture);
}
