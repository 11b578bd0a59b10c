using System.Buffers.Text;
using System.Security.Cryptography;
using Jarvis.Infrastructure.Redis;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using StackExchange.Redis;

namespace Jarvis.Infrastructure.Redis.Sessions;

/// <summary>
/// Sessions live in Redis and the cookie holds only a key. While Redis is away, whoever was here in the last ten minutes
/// stays signed in in this process, nobody new can sign in, and a sign-out holds here at once and everywhere as soon as
/// Redis is back; if this process ends before that, the session ends only at its expiry.
/// </summary>
internal sealed class RedisTicketStore : ITicketStore, IDisposable
{
    private const string Prefix = "jarvis:session:";
    private const int KeyBytes = 32;
    private static readonly TimeSpan DefaultLifetime = TimeSpan.FromDays(14);

    // The driver looks for timeouts only once a second.
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(1);

    private readonly IConnectionMultiplexer redis;
    private readonly IDataProtector protector;
    private readonly SessionFallbackCache recent;
    private readonly TimeProvider clock;
    private readonly RedisOutageLogger outage;

    public RedisTicketStore(
        IConnectionMultiplexer redis,
        IDataProtectionProvider protection,
        SessionFallbackCache recent,
        TimeProvider clock,
        ILogger<RedisTicketStore> logger)
    {
        (this.redis, this.recent, this.clock) = (redis, recent, clock);
        protector = protection.CreateProtector("Jarvis.Sessions", "v1");
        outage = new RedisOutageLogger(logger, "users can't sign in, and only recently used sessions keep working");
        redis.ConnectionRestored += FlushPendingRevocations;
    }

    public async Task<string> StoreAsync(AuthenticationTicket ticket)
    {
        var key = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(KeyBytes));
        try
        {
            await WriteAsync(key, ticket, When.Always);

            return key;
        }
        catch (Exception e) when (RedisOutageLogger.IsTransient(e))
        {
            outage.ReportFailure(e);
            throw new SessionStoreUnavailableException(e);
        }
    }

    /// <summary>A session that was ended elsewhere meanwhile does not come back by being renewed.</summary>
    public async Task RenewAsync(string key, AuthenticationTicket ticket)
    {
        if (recent.IsRevoked(key))
        {
            return;
        }

        try
        {
            await WriteAsync(key, ticket, When.Exists);
        }
        catch (Exception e) when (RedisOutageLogger.IsTransient(e))
        {
            // The person stays signed in until the old expiry, and is renewed at a later request.
            outage.ReportFailure(e);
        }
    }

    public Task<AuthenticationTicket?> RetrieveAsync(string key) => FindAsync(key, _ => { });

    /// <summary>Where it cannot be said whether there is such a session, the request is marked so.</summary>
    public Task<AuthenticationTicket?> RetrieveAsync(string key, HttpContext httpContext, CancellationToken cancellationToken) =>
        FindAsync(key, reason => UnverifiedSession.Mark(httpContext, reason));

    public async Task RemoveAsync(string key)
    {
        // Before Redis is asked, so that it holds here even if that takes its second.
        recent.Revoke(key, DefaultLifetime);
        await TryRevokeAsync(key);
    }

    public void Dispose() => redis.ConnectionRestored -= FlushPendingRevocations;

    private async Task<AuthenticationTicket?> FindAsync(string key, Action<Exception> leaveUnchecked)
    {
        if (recent.IsRevoked(key))
        {
            return null;
        }

        try
        {
            var stored = (byte[]?)await Bound(redis.GetDatabase().StringGetAsync(Prefix + key));
            outage.ReportSuccess();

            return stored is null ? Forget(key) : Remember(key, protector.Unprotect(stored));
        }
        catch (Exception e) when (RedisOutageLogger.IsTransient(e))
        {
            outage.ReportFailure(e);
            if (recent.Find(key) is { } ticket)
            {
                return TicketSerializer.Default.Deserialize(ticket);
            }

            leaveUnchecked(e);

            return null;
        }
        catch (CryptographicException)
        {
            // Its protection key is gone, or it was not written by Jarvis.
            return Forget(key);
        }
    }

    private async Task WriteAsync(string key, AuthenticationTicket ticket, When when)
    {
        var now = clock.GetUtcNow();
        var expires = ticket.Properties.ExpiresUtc ?? now + DefaultLifetime;
        var bytes = TicketSerializer.Default.Serialize(ticket);
        if (expires > now && await Bound(redis.GetDatabase().StringSetAsync(Prefix + key, protector.Protect(bytes), expires - now, when: when)))
        {
            recent.Store(key, bytes, expires);
        }

        outage.ReportSuccess();
    }

    private AuthenticationTicket? Remember(string key, byte[] bytes)
    {
        var ticket = TicketSerializer.Default.Deserialize(bytes);
        recent.Store(key, bytes, ticket?.Properties.ExpiresUtc ?? DateTimeOffset.MaxValue);

        return ticket;
    }

    private AuthenticationTicket? Forget(string key)
    {
        recent.Remove(key);

        return null;
    }

    private async Task TryRevokeAsync(string key)
    {
        try
        {
            await Bound(redis.GetDatabase().KeyDeleteAsync(Prefix + key));
            recent.MarkRevoked(key);
            outage.ReportSuccess();
        }
        catch (Exception e) when (RedisOutageLogger.IsTransient(e))
        {
            outage.ReportFailure(e);
        }
    }

    // Raised by the driver; every failure ends in TryEndAsync.
    private void FlushPendingRevocations(object? sender, ConnectionFailedEventArgs e) =>
        _ = Task.Run(() => Task.WhenAll(recent.MarkLocalOnly().Select(TryRevokeAsync)));

    private Task<T> Bound<T>(Task<T> asked) => asked.WaitAsync(Timeout, clock);
}
