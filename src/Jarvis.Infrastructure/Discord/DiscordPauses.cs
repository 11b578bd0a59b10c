using System.Collections.Concurrent;

namespace Jarvis.Infrastructure.Discord;

/// <summary>Until when Discord wants to be left alone: on one route, or altogether.</summary>
internal sealed class DiscordPauses(TimeProvider clock)
{
    private const string Everything = "";
    private const int Many = 1_000;

    private readonly ConcurrentDictionary<string, DateTimeOffset> until = [];

    public void Begin(string? route, TimeSpan time)
    {
        if (until.Count > Many)
        {
            Forget();
        }

        var end = clock.GetUtcNow() + time;
        until.AddOrUpdate(route ?? Everything, end, (_, known) => known > end ? known : end);
    }

    public TimeSpan Left(string route)
    {
        var now = clock.GetUtcNow();
        var left = new[] { Everything, route }.Max(key => until.TryGetValue(key, out var end) ? end - now : TimeSpan.Zero);

        return left > TimeSpan.Zero ? left : TimeSpan.Zero;
    }

    private void Forget()
    {
        var now = clock.GetUtcNow();
        foreach (var (route, end) in until)
        {
            if (end < now)
            {
                until.TryRemove(route, out _);
            }
        }
    }
}
