namespace Jarvis.Infrastructure.Redis.RateLimiting;

/// <summary>
/// A token bucket in one step, so that any number of processes may take from it at once. It is kept as one number, the moment
/// at which it will be full again: that says how much is in it now, and Redis forgets the key just then.
/// </summary>
internal static class TokenBucketScript
{
    /// <summary>
    /// KEYS: the bucket. ARGV: microseconds in which one permit grows back, and in which all do.
    /// Answers with 0 where a permit was taken, else with the microseconds until there is one.
    /// </summary>
    public const string Text =
        """
        local bucket, each, all = KEYS[1], tonumber(ARGV[1]), tonumber(ARGV[2])

        -- Redis's own clock: those of the callers differ.
        local time = redis.call('TIME')
        local now = tonumber(time[1]) * 1000000 + tonumber(time[2])

        -- A bucket that nobody took from lately, or that holds no number, is full now.
        local full = math.max(tonumber(redis.call('GET', bucket) or '') or now, now)

        -- One permit less is that much longer until it is full; longer than from empty to full means that it was empty.
        local missing = full + each - now
        if missing > all then
          return string.format('%.0f', missing - all)
        end

        -- Written by hand: Redis runs Lua 5.1 and Garnet Lua 5.4, which write large numbers differently.
        redis.call('SET', bucket, string.format('%.0f', now + missing), 'PX', string.format('%.0f', math.ceil(missing / 1000)))
        return '0'
        """;
}
