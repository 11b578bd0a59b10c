using StackExchange.Redis;

namespace Jarvis.Infrastructure.Redis;

/// <summary>
/// Lease of a resource that a limited number of owners share. A sorted set contains the token of each owner with its expiry on the
/// clock of Redis, so that the leases of a killed process expire. Only the token of an owner renews or releases its lease.
/// </summary>
/// <param name="length">Time after which a lease expires without a renewal.</param>
internal sealed class RedisLease(IConnectionMultiplexer redis, RedisKey key, TimeSpan length)
{
    // Scripts, because the check of the owners and the change must be one step. Numbers are formatted explicitly: Redis runs Lua 5.1
    // and Garnet Lua 5.4, which format large numbers differently.
    private const string Functions =
        """
        local owners, data, token, length = KEYS[1], KEYS[2], ARGV[1], tonumber(ARGV[2])
        local time = redis.call('TIME')
        local now = tonumber(time[1]) * 1000 + math.floor(tonumber(time[2]) / 1000)

        local function count(set)
          redis.call('ZREMRANGEBYSCORE', set, '-inf', string.format('%.0f', now))
          return redis.call('ZCARD', set)
        end

        local function hold(first)
          redis.call('ZADD', owners, string.format('%.0f', now + length), token)
          redis.call('PEXPIRE', owners, string.format('%.0f', 2 * length))
          for i = first, #ARGV, 2 do
            redis.call('HSET', data, ARGV[i], ARGV[i + 1])
          end
          redis.call('PEXPIRE', data, string.format('%.0f', length))
          return 1
        end

        """;

    /// <summary>KEYS: owners, data, owners that exclude this lease (optional). ARGV: token, length in ms, maximum owners, data.</summary>
    private const string Acquire = Functions +
        """
        if (KEYS[3] and count(KEYS[3]) > 0) or count(owners) >= tonumber(ARGV[3]) then
          return 0
        end
        return hold(4)
        """;

    /// <summary>KEYS: owners, data. ARGV: token, length in ms, data.</summary>
    private const string Renew = Functions +
        """
        -- Only an existing lease: its release may have been processed before.
        return redis.call('ZSCORE', owners, token) and hold(3) or 0
        """;

    /// <summary>KEYS: owners, data. ARGV: token, length in ms.</summary>
    private const string Release = Functions +
        """
        if redis.call('ZREM', owners, token) == 0 then
          return 0
        end
        redis.call('DEL', data)
        return 1
        """;

    private readonly RedisKey data = key.Append(":data");

    /// <summary>Acquires the lease. Returns false if the maximum number of owners has it.</summary>
    /// <param name="unlessHeld">Lease that excludes this one while it has an owner. Both keys must be in one hash slot.</param>
    /// <param name="values">Names and values to store in <see cref="ReadAsync"/> until the lease ends.</param>
    public Task<bool> TryAcquireAsync(string token, int maxOwners = 1, RedisLease? unlessHeld = null, params RedisValue[] values) =>
        EvaluateAsync(Acquire, unlessHeld is null ? [key, data] : [key, data, unlessHeld.Key], [token, Milliseconds, maxOwners, .. values]);

    /// <summary>Returns false if the owner no longer has the lease. It isn't acquired again.</summary>
    public Task<bool> TryRenewAsync(string token, params RedisValue[] values) => EvaluateAsync(Renew, [key, data], [token, Milliseconds, .. values]);

    /// <summary>Returns false if the owner no longer has the lease.</summary>
    public Task<bool> ReleaseAsync(string token) => EvaluateAsync(Release, [key, data], [token, Milliseconds]);

    /// <summary>Returns the values that the owner stored with its lease; nulls if no one has it.</summary>
    public Task<RedisValue[]> ReadAsync(RedisValue[] names) => redis.GetDatabase().HashGetAsync(data, names);

    private RedisKey Key => key;

    private long Milliseconds => (long)length.TotalMilliseconds;

    private async Task<bool> EvaluateAsync(string script, RedisKey[] keys, RedisValue[] arguments) =>
        (bool)await redis.GetDatabase().ScriptEvaluateAsync(script, keys, arguments);
}
