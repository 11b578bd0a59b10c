namespace Jarvis.Infrastructure.Ai.Speech;

/// <summary>
/// The books of the cache, in one step: which sounds there are, how old and how long. The sounds themselves lie under keys of
/// their own, which in a cluster are elsewhere, so the caller deletes those that have to go.
/// </summary>
internal static class SpeechCacheScript
{
    /// <summary>
    /// KEYS: by age in microseconds, by length. ARGV: name of the new one, its length, milliseconds until it expires, bytes of all together.
    /// Answers with the names of those that have to go to make room.
    /// </summary>
    public const string Store =
        """
        local made, lengths = KEYS[1], KEYS[2]
        local name, length, expiry, most = ARGV[1], tonumber(ARGV[2]), tonumber(ARGV[3]), tonumber(ARGV[4])
        local time = redis.call('TIME')
        local now = tonumber(time[1]) * 1000000 + tonumber(time[2])

        -- Numbers are written by hand, as Redis runs Lua 5.1 and Garnet Lua 5.4; the former writes -0 for none, which is no integer.
        local function leave(one)
          local gone = tonumber(redis.call('HGET', lengths, one) or '0')
          redis.call('ZREM', made, one)
          redis.call('HDEL', lengths, one)
          redis.call('HINCRBY', lengths, 'all', string.format('%.0f', 0 - gone))
        end

        -- What expired is gone by itself; the new one may be an old one once more.
        for _, one in ipairs(redis.call('ZRANGEBYSCORE', made, '-inf', string.format('%.0f', now - expiry * 1000))) do
          leave(one)
        end
        leave(name)
        if redis.call('ZCARD', made) == 0 then
          redis.call('DEL', lengths)
        end

        local out = {}
        while tonumber(redis.call('HGET', lengths, 'all') or '0') + length > most do
          local oldest = redis.call('ZRANGE', made, 0, 0)[1]
          if not oldest then
            break
          end
          leave(oldest)
          table.insert(out, oldest)
        end

        redis.call('ZADD', made, string.format('%.0f', now), name)
        redis.call('HSET', lengths, name, string.format('%.0f', length))
        redis.call('HINCRBY', lengths, 'all', string.format('%.0f', length))
        redis.call('PEXPIRE', made, string.format('%.0f', expiry))
        redis.call('PEXPIRE', lengths, string.format('%.0f', expiry))
        return out
        """;
}
