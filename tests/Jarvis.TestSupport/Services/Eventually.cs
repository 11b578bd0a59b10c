using System.Diagnostics;

namespace Jarvis.TestSupport.Services;

/// <summary>Polls a condition that another process or a driver fulfils, up to a timeout.</summary>
public static class Eventually
{
    public static async Task IsTrueAsync(Func<Task<bool>> condition, string description, TimeSpan? within = null)
    {
        var limit = within ?? TimeSpan.FromSeconds(20);
        var started = Stopwatch.GetTimestamp();
        while (!await condition())
        {
            if (Stopwatch.GetElapsedTime(started) > limit)
            {
                throw new TimeoutException($"Not within {limit.TotalSeconds} s: {description}");
            }

            await Task.Delay(TimeSpan.FromMilliseconds(20));
        }
    }
}
