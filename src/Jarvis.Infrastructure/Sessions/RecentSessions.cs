using Microsoft.Extensions.Caching.Memory;

namespace Jarvis.Infrastructure.Sessions;

/// <summary>
/// Sessions that this process has seen in the last minutes, for as long as Redis is away, and those that were ended here
/// while it was. Both are bounded, and both end with the process.
/// </summary>
internal sealed class RecentSessions(TimeProvider clock) : IDisposable
{
    private const int Most = 10_000;
    private static readonly TimeSpan Kept = TimeSpan.FromMinutes(10);

    // The cache's own clock cannot be set; what is too old by ours is not handed out.
    private readonly MemoryCache seen = new(new MemoryCacheOptions { SizeLimit = Most });
    private readonly MemoryCache ended = new(new MemoryCacheOptions { SizeLimit = Most });

    /// <summary>A session that was ended here stays ended, whoever saw it last.</summary>
    public void Saw(string key, byte[] ticket, DateTimeOffset expires)
    {
        if (!HasEnded(key))
        {
            var now = clock.GetUtcNow();
            var until = expires < now + Kept ? expires : now + Kept;
            seen.Set(key, new Seen(ticket, until), new MemoryCacheEntryOptions { Size = 1, AbsoluteExpirationRelativeToNow = Kept });
        }
    }

    public byte[]? Find(string key) =>
        seen.TryGetValue(key, out Seen? session) && session!.Until > clock.GetUtcNow() ? session.Ticket : null;

    public void Forget(string key) => seen.Remove(key);

    public void End(string key, TimeSpan longest)
    {
        ended.Set(key, Where.Here, new MemoryCacheEntryOptions { Size = 1, AbsoluteExpirationRelativeToNow = longest });
        Forget(key);
    }

    public bool HasEnded(string key) => ended.TryGetValue(key, out _);

    /// <summary>Those that Redis has not heard of.</summary>
    public IReadOnlyList<string> EndedHereOnly() =>
        [.. ended.Keys.Cast<string>().Where(key => ended.TryGetValue(key, out Where where) && where == Where.Here)];

    /// <summary>It stays known as ended for a while: a request that read it before may only now say that it saw it.</summary>
    public void EndedEverywhere(string key) =>
        ended.Set(key, Where.Everywhere, new MemoryCacheEntryOptions { Size = 1, AbsoluteExpirationRelativeToNow = Kept });

    public void Dispose()
    {
        seen.Dispose();
        ended.Dispose();
    }

    private sealed record Seen(byte[] Ticket, DateTimeOffset Until);

    private enum Where
    {
        Here,
        Everywhere,
    }
}
