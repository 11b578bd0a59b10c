using System.Buffers.Text;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using StackExchange.Redis;

namespace Jarvis.Infrastructure.Redis.Sessions;

/// <summary>
/// Stores sessions in Redis; the cookie contains only a key. During an outage, users who were active in the last ten minutes stay
/// signed in to this process, and nothing can start a session. A sign-out then takes effect here immediately, and in the other
/// processes when Redis is available again. If this process ends before that, the session ends at its expiry.
/// </summary>
internal sealed class RedisTicketStore : ITicketStore, IDisposable
{
    private const string Prefix = "jarvis:session:";
    private const int KeyBytes = 32;
    private static readonly TimeSpan DefaultLifetime = TimeSpan.FromDays(14);

    // The driver checks for timeouts only once a second.
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(1);

    private readonly IConnectionMultiplexer redis;
    private readonly IDataProtector protector;
    private readonly SessionFallbackCache recent;
    private readonly TimeProvider clock;
    private readonly ResilientRedis resilient;

    public RedisTicketStore(
        IConnectionMultiplexer redis,
        IDataProtectionProvider protection,
        SessionFallbackCache recent,
        TimeProvider clock,
        ILogger<RedisTicketStore> logger)
    {
        (this.redis, this.recent, this.clock) = (redis, recent, clock);
        protector = protection.CreateProtector("Jarvis.Sessions", "v1");
        resilient = new ResilientRedis(logger, "users can't sign in, and only recently used sessions keep working");
        redis.ConnectionRestored += FlushPendingRevocations;
    }

    public async Task<string> StoreAsync(AuthenticationTicket ticket)
    {
        var key = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(KeyBytes));
        await resilient.RunAsync(() => WriteAsync(key, ticket, When.Always), e => throw new SessionStoreUnavailableException(e));

        return key;
    }

    /// <summary>Renews a session that wasn't revoked. During an outage it keeps its expiry, and a later request renews it.</summary>
    public async Task RenewAsync(string key, AuthenticationTicket ticket)
    {
        if (!recent.IsRevoked(key))
        {
            await resilient.TryAsync(() => WriteAsync(key, ticket, When.Exists));
        }
    }

    public Task<AuthenticationTicket?> RetrieveAsync(string key) => FindAsync(key, _ => { });

    /// <summary>Marks the request with <see cref="UnverifiedSession"/> if an outage prevents the lookup.</summary>
    public Task<AuthenticationTicket?> RetrieveAsync(string key, HttpContext httpContext, CancellationToken cancellationToken) =>
        FindAsync(key, reason => UnverifiedSession.Mark(httpContext, reason));

    public async Task RemoveAsync(string key)
    {
        // Before the call to Redis, so that it takes effect here immediately.
        recent.Revoke(key, DefaultLifetime);
        await TryRevokeAsync(key);
    }

    public void Dispose() => redis.ConnectionRestored -= FlushPendingRevocations;

    private Task<AuthenticationTicket?> FindAsync(string key, Action<Exception> markUnverified) => recent.IsRevoked(key)
        ? Task.FromResult<AuthenticationTicket?>(null)
        : resilient.RunAsync(
            async () => (byte[]?)await Bound(redis.GetDatabase().StringGetAsync(Prefix + key)) is { } stored ? Unprotect(key, stored) : Forget(key),
            e => FindRecent(key, e, markUnverified));

    private AuthenticationTicket? FindRecent(string key, Exception outage, Action<Exception> markUnverified)
    {
        if (recent.Find(key) is { } ticket)
        {
            return TicketSerializer.Default.Deserialize(ticket);
        }

        markUnverified(outage);

        return null;
    }

    private async Task<bool> WriteAsync(string key, AuthenticationTicket ticket, When when)
    {
        var now = clock.GetUtcNow();
        var expires = ticket.Properties.ExpiresUtc ?? now + DefaultLifetime;
        var bytes = TicketSerializer.Default.Serialize(ticket);
        var written = expires > now && await Bound(redis.GetDatabase().StringSetAsync(Prefix + key, protector.Protect(bytes), expires - now, when: when));
        if (written)
        {
            recent.Store(key, bytes, expires);
        }

        return written;
    }

    private AuthenticationTicket? Unprotect(string key, byte[] stored)
    {
        try
        {
            var bytes = protector.Unprotect(stored);
            var ticket = TicketSerializer.Default.Deserialize(bytes);
            recent.Store(key, bytes, ticket?.Properties.ExpiresUtc ?? DateTimeOffset.MaxValue);

            return ticket;
        }
        catch (CryptographicException)
        {
            // Its protection key is lost, or Jarvis didn't write it.
            return Forget(key);
        }
    }

    private AuthenticationTicket? Forget(string key)
    {
        recent.Remove(key);

        return null;
    }

    private async Task TryRevokeAsync(string key)
    {
        if (await resilient.TryAsync(() => (Task)Bound(redis.GetDatabase().KeyDeleteAsync(Prefix + key))))
        {
            recent.MarkRevoked(key);
        }
    }

    // The driver raises the event; TryRevokeAsync handles every failure.
    private void FlushPendingRevocations(object? sender, ConnectionFailedEventArgs e) =>
        _ = Task.Run(() => Task.WhenAll(recent.MarkLocalOnly().Select(TryRevokeAsync)));

    // Bounds the command alone: the result of a command that timed out must not enter the cache.
    private Task<T> Bound<T>(Task<T> command) => command.WaitAsync(Timeout, clock);
}
