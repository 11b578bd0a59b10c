using System.Buffers.Text;
using System.Security.Cryptography;
using Jarvis.Infrastructure.Redis;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using StackExchange.Redis;

namespace Jarvis.Infrastructure.Sessions;

/// <summary>
/// Sessions live in Redis and the cookie holds only a key. While Redis is away, whoever was here in the last ten minutes
/// stays signed in in this process, nobody new can sign in, and a sign-out holds here at once and everywhere as soon as
/// Redis is back; if this process ends before that, the session ends only at its expiry.
/// </summary>
internal sealed class RedisTicketStore : ITicketStore, IDisposable
{
    private const string Prefix = "jarvis:session:";
    private const int KeyBytes = 32;
    private static readonly TimeSpan DefaultLength = TimeSpan.FromDays(14);

    // The driver looks for timeouts only once a second.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    private readonly IConnectionMultiplexer redis;
    private readonly IDataProtector protector;
    private readonly RecentSessions recent;
    private readonly TimeProvider clock;
    private readonly RedisOutage outage;

    public RedisTicketStore(
        IConnectionMultiplexer redis,
        IDataProtectionProvider protection,
        RecentSessions recent,
        TimeProvider clock,
        ILogger<RedisTicketStore> logger)
    {
        (this.redis, this.recent, this.clock) = (redis, recent, clock);
        protector = protection.CreateProtector("Jarvis.Sessions", "v1");
        outage = new RedisOutage(logger, "nobody can sign in, and only sessions of the last minutes go on");
        redis.ConnectionRestored += EndWhatWasEnded;
    }

    public async Task<string> StoreAsync(AuthenticationTicket ticket)
    {
        var key = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(KeyBytes));
        try
        {
            await WriteAsync(key, ticket, When.Always);

            return key;
        }
        catch (Exception e) when (RedisOutage.Is(e))
        {
            outage.Began(e);
            throw new SessionStoreUnavailableException(e);
        }
    }

    /// <summary>A session that was ended elsewhere meanwhile does not come back by being renewed.</summary>
    public async Task RenewAsync(string key, AuthenticationTicket ticket)
    {
        if (recent.HasEnded(key))
        {
            return;
        }

        try
        {
            await WriteAsync(key, ticket, When.Exists);
        }
        catch (Exception e) when (RedisOutage.Is(e))
        {
            // The person stays signed in until the old expiry, and is renewed at a later request.
            outage.Began(e);
        }
    }

    public Task<AuthenticationTicket?> RetrieveAsync(string key) => FindAsync(key, _ => { });

    /// <summary>Where it cannot be said whether there is such a session, the request is marked so.</summary>
    public Task<AuthenticationTicket?> RetrieveAsync(string key, HttpContext httpContext, CancellationToken cancellationToken) =>
        FindAsync(key, reason => UncheckedSession.Mark(httpContext, reason));

    public async Task RemoveAsync(string key)
    {
        // Before Redis is asked, so that it holds here even if that takes its second.
        recent.End(key, DefaultLength);
        await TryEndAsync(key);
    }

    public void Dispose() => redis.ConnectionRestored -= EndWhatWasEnded;

    private async Task<AuthenticationTicket?> FindAsync(string key, Action<Exception> leaveUnchecked)
    {
        if (recent.HasEnded(key))
        {
            return null;
        }

        try
        {
            var stored = (byte[]?)await Bounded(redis.GetDatabase().StringGetAsync(Prefix + key));
            outage.Ended();

            return stored is null ? Gone(key) : Seen(key, protector.Unprotect(stored));
        }
        catch (Exception e) when (RedisOutage.Is(e))
        {
            outage.Began(e);
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
            return Gone(key);
        }
    }

    private async Task WriteAsync(string key, AuthenticationTicket ticket, When when)
    {
        var now = clock.GetUtcNow();
        var expires = ticket.Properties.ExpiresUtc ?? now + DefaultLength;
        var bytes = TicketSerializer.Default.Serialize(ticket);
        if (expires > now && await Bounded(redis.GetDatabase().StringSetAsync(Prefix + key, protector.Protect(bytes), expires - now, when: when)))
        {
            recent.Saw(key, bytes, expires);
        }

        outage.Ended();
    }

    private AuthenticationTicket? Seen(string key, byte[] bytes)
    {
        var ticket = TicketSerializer.Default.Deserialize(bytes);
        recent.Saw(key, bytes, ticket?.Properties.ExpiresUtc ?? DateTimeOffset.MaxValue);

        return ticket;
    }

    private AuthenticationTicket? Gone(string key)
    {
        recent.Forget(key);

        return null;
    }

    private async Task TryEndAsync(string key)
    {
        try
        {
            await Bounded(redis.GetDatabase().KeyDeleteAsync(Prefix + key));
            recent.EndedEverywhere(key);
            outage.Ended();
        }
        catch (Exception e) when (RedisOutage.Is(e))
        {
            outage.Began(e);
        }
    }

    // Raised by the driver; every failure ends in TryEndAsync.
    private void EndWhatWasEnded(object? sender, ConnectionFailedEventArgs e) =>
        _ = Task.Run(() => Task.WhenAll(recent.EndedHereOnly().Select(TryEndAsync)));

    private Task<T> Bounded<T>(Task<T> asked) => asked.WaitAsync(Patience, clock);
}
