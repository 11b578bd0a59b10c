using System.Collections.Concurrent;

namespace Jarvis.Infrastructure.Integrations.Discord;

/// <summary>Remembers until when Discord's rate limits block a route, or all routes.</summary>
internal sealed class DiscordRateLimitState(TimeProvider clock)
{
    private const string Global = "";
    private const int MaxRoutes = 1_000;

    private readonly ConcurrentDictionary<string, DateTimeOffset> until = [];

    public void Block(string? route, TimeSpan time)
    {
        if (until.Count > MaxRoutes)
        {
            RemoveExpired();
        }

        var end = clock.GetUtcNow() + time;
        until.AddOrUpdate(route ?? Global, end, (_, known) => known > end ? known : end);
    }

    public TimeSpan Remaining(string route)
    {
        var now = clock.GetUtcNow();
        var remaining = new[] { Global, route }.Max(key => until.TryGetValue(key, out var end) ? end - now : TimeSpan.Zero);

        return remaining > TimeSpan.Zero ? remaining : TimeSpan.Zero;
    }

    private void RemoveExpired()
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
