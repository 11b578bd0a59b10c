namespace Jarvis.Infrastructure.Redis.RateLimiting;

/// <summary>
/// Token bucket as one atomic script, for any number of processes. The key stores one number: the time at which the bucket is
/// full again. It determines the current level, and the key expires at that time.
/// </summary>
internal static class TokenBucketScript
{
    /// <summary>
    /// KEYS: the bucket. ARGV: microseconds until one permit is refilled, and until all are.
    /// Returns 0 if it took a permit; otherwise the microseconds until a permit is available.
    /// </summary>
    public const string Text =
        """
        local bucket, each, all = KEYS[1], tonumber(ARGV[1]), tonumber(ARGV[2])

        -- The clock of Redis, because the clocks of the callers differ.
        local time = redis.call('TIME')
        local now = tonumber(time[1]) * 1000000 + tonumber(time[2])

        -- A missing or invalid key is a full bucket.
        local full = math.max(tonumber(redis.call('GET', bucket) or '') or now, now)

        -- Each permit delays the time at which the bucket is full. A delay longer than a whole refill means that it is empty.
        local missing = full + each - now
        if missing > all then
          return string.format('%.0f', missing - all)
        end

        -- Formatted explicitly: Redis runs Lua 5.1 and Garnet Lua 5.4, which format large numbers differently.
        redis.call('SET', bucket, string.format('%.0f', now + missing), 'PX', string.format('%.0f', math.ceil(missing / 1000)))
        return '0'
        """;
}
