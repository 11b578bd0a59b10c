using Microsoft.Extensions.Caching.Memory;

namespace Jarvis.Infrastructure.Redis.Sessions;

/// <summary>
/// Sessions that this process has seen in the last minutes, for as long as Redis is away, and those that were ended here
/// while it was. Both are bounded, and both end with the process.
/// </summary>
internal sealed class SessionFallbackCache(TimeProvider clock) : IDisposable
{
    private const int MaxEntries = 10_000;
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(10);

    // The cache's own clock cannot be set; what is too old by ours is not handed out.
    private readonly MemoryCache seen = new(new MemoryCacheOptions { SizeLimit = MaxEntries });
    private readonly MemoryCache ended = new(new MemoryCacheOptions { SizeLimit = MaxEntries });

    /// <summary>A session that was ended here stays ended, whoever saw it last.</summary>
    public void Store(string key, byte[] ticket, DateTimeOffset expires)
    {
        if (!IsRevoked(key))
        {
            var now = clock.GetUtcNow();
            var until = expires < now + Lifetime ? expires : now + Lifetime;
            seen.Set(key, new Entry(ticket, until), new MemoryCacheEntryOptions { Size = 1, AbsoluteExpirationRelativeToNow = Lifetime });
        }
    }

    public byte[]? Find(string key) =>
        seen.TryGetValue(key, out Entry? session) && session!.Until > clock.GetUtcNow() ? session.Ticket : null;

    public void Remove(string key) => seen.Remove(key);

    public void Revoke(string key, TimeSpan longest)
    {
        ended.Set(key, RevocationScope.Local, new MemoryCacheEntryOptions { Size = 1, AbsoluteExpirationRelativeToNow = longest });
        Remove(key);
    }

    public bool IsRevoked(string key) => ended.TryGetValue(key, out _);

    /// <summary>Those that Redis has not heard of.</summary>
    public IReadOnlyList<string> MarkLocalOnly() =>
        [.. ended.Keys.Cast<string>().Where(key => ended.TryGetValue(key, out RevocationScope where) && where == RevocationScope.Local)];

    /// <summary>It stays known as ended for a while: a request that read it before may only now say that it saw it.</summary>
    public void MarkRevoked(string key) =>
        ended.Set(key, RevocationScope.Global, new MemoryCacheEntryOptions { Size = 1, AbsoluteExpirationRelativeToNow = Lifetime });

    public void Dispose()
    {
        seen.Dispose();
        ended.Dispose();
    }

    private sealed record Entry(byte[] Ticket, DateTimeOffset Until);

    private enum RevocationScope
    {
        Local,
        Global,
    }
}
