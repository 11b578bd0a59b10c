namespace Jarvis.Infrastructure.Ai.Speech;

/// <summary>
/// Updates the index of the cache atomically: the names, ages and lengths of the entries. The audio is stored under separate keys,
/// which may be on other nodes of a cluster, so the caller deletes the evicted entries.
/// </summary>
internal static class SpeechCacheScript
{
    /// <summary>
    /// Adds an entry to the index. KEYS: names by creation time in microseconds, names by length. ARGV: name of the new entry, its
    /// length, milliseconds until it expires, maximum bytes of all entries. Returns the names of the evicted entries.
    /// </summary>
    public const string Store =
        """
        local created, lengths = KEYS[1], KEYS[2]
        local name, length, expiry, maximum = ARGV[1], tonumber(ARGV[2]), tonumber(ARGV[3]), tonumber(ARGV[4])
        local time = redis.call('TIME')
        local now = tonumber(time[1]) * 1000000 + tonumber(time[2])

        -- Formats numbers explicitly: Redis runs Lua 5.1 and Garnet Lua 5.4, and the former prints -0 for zero, which isn't an integer.
        local function remove(entry)
          local size = tonumber(redis.call('HGET', lengths, entry) or '0')
          redis.call('ZREM', created, entry)
          redis.call('HDEL', lengths, entry)
          redis.call('HINCRBY', lengths, 'all', string.format('%.0f', 0 - size))
        end

        -- Expired audio is already deleted. The new entry may replace one with the same name.
        for _, entry in ipairs(redis.call('ZRANGEBYSCORE', created, '-inf', string.format('%.0f', now - expiry * 1000))) do
          remove(entry)
        end
        remove(name)
        if redis.call('ZCARD', created) == 0 then
          redis.call('DEL', lengths)
        end

        local evicted = {}
        while tonumber(redis.call('HGET', lengths, 'all') or '0') + length > maximum do
          local oldest = redis.call('ZRANGE', created, 0, 0)[1]
          if not oldest then
            break
          end
          remove(oldest)
          table.insert(evicted, oldest)
        end

        redis.call('ZADD', created, string.format('%.0f', now), name)
        redis.call('HSET', lengths, name, string.format('%.0f', length))
        redis.call('HINCRBY', lengths, 'all', string.format('%.0f', length))
        redis.call('PEXPIRE', created, string.format('%.0f', expiry))
        redis.call('PEXPIRE', lengths, string.format('%.0f', expiry))
        return evicted
        """;
}
