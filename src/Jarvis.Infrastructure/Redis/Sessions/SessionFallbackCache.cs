using Microsoft.Extensions.Caching.Memory;

namespace Jarvis.Infrastructure.Redis.Sessions;

/// <summary>
/// Sessions that this process used in the last ten minutes, for requests during an outage of Redis, and sessions that it revoked.
/// Both caches are bounded and in memory.
/// </summary>
internal sealed class SessionFallbackCache(TimeProvider clock) : IDisposable
{
    private const int MaxEntries = 10_000;
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(10);

    // MemoryCache doesn't accept a TimeProvider, so Find checks the expiry with ours.
    private readonly MemoryCache recent = new(new MemoryCacheOptions { SizeLimit = MaxEntries });
    private readonly MemoryCache revoked = new(new MemoryCacheOptions { SizeLimit = MaxEntries });

    /// <summary>Stores a session, unless this process revoked it.</summary>
    public void Store(string key, byte[] ticket, DateTimeOffset expires)
    {
        if (!IsRevoked(key))
        {
            var now = clock.GetUtcNow();
            var until = expires < now + Lifetime ? expires : now + Lifetime;
            recent.Set(key, new Entry(ticket, until), new MemoryCacheEntryOptions { Size = 1, AbsoluteExpirationRelativeToNow = Lifetime });
        }
    }

    public byte[]? Find(string key) =>
        recent.TryGetValue(key, out Entry? session) && session!.Until > clock.GetUtcNow() ? session.Ticket : null;

    public void Remove(string key) => recent.Remove(key);

    public void Revoke(string key, TimeSpan maxLifetime)
    {
        revoked.Set(key, RevocationScope.Local, new MemoryCacheEntryOptions { Size = 1, AbsoluteExpirationRelativeToNow = maxLifetime });
        Remove(key);
    }

    public bool IsRevoked(string key) => revoked.TryGetValue(key, out _);

    /// <summary>Returns the revoked sessions that Redis may still contain.</summary>
    public IReadOnlyList<string> MarkLocalOnly() =>
        [.. revoked.Keys.Cast<string>().Where(key => revoked.TryGetValue(key, out RevocationScope scope) && scope == RevocationScope.Local)];

    /// <summary>Marks a session as deleted in Redis. It stays revoked here for a while, because a concurrent request may have read it before.</summary>
    public void MarkRevoked(string key) =>
        revoked.Set(key, RevocationScope.Global, new MemoryCacheEntryOptions { Size = 1, AbsoluteExpirationRelativeToNow = Lifetime });

    public void Dispose()
    {
        recent.Dispose();
        revoked.Dispose();
    }

    private sealed record Entry(byte[] Ticket, DateTimeOffset Until);

    private enum RevocationScope
    {
        Local,
        Global,
    }
}
