using System.Diagnostics;

namespace Jarvis.TestSupport.Services;

/// <summary>For what another process or a driver does in its own time: asks until it is so, up to a deadline.</summary>
public static class Eventually
{
    public static async Task IsTrueAsync(Func<Task<bool>> condition, string what, TimeSpan? within = null)
    {
        var limit = within ?? TimeSpan.FromSeconds(20);
        var started = Stopwatch.GetTimestamp();
        while (!await condition())
        {
            if (Stopwatch.GetElapsedTime(started) > limit)
            {
                throw new TimeoutException($"Not within {limit.TotalSeconds} s: {what}");
            }

            await Task.Delay(TimeSpan.FromMilliseconds(20));
        }
    }
}
