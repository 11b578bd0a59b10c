namespace Jarvis.Infrastructure.Redis.Queue;

/// <summary>
/// Every step that touches more than one key is one script: a worker may die between any two commands. The clock is Redis's
/// own, because the workers' clocks differ. A conversation is named <c>userId:conversationId</c> in the books.
/// </summary>
internal static class QueueScripts
{
    // Numbers are formatted by hand: Redis runs Lua 5.1 and Garnet Lua 5.4, which write large numbers differently.
    private const string UpdateIndexes =
        """
        local jobs, taken, queued, processing, owner = KEYS[1], KEYS[2], KEYS[3], KEYS[4], KEYS[5]
        local again, delayed, attempts, reasons, dead = KEYS[6], KEYS[7], KEYS[8], KEYS[9], KEYS[10]
        local time = redis.call('TIME')
        local now = tonumber(time[1]) * 1000 + math.floor(tonumber(time[2]) / 1000)

        local function at(milliseconds)
          return string.format('%.0f', milliseconds)
        end

        -- One waiting entry a conversation: its job reads all that is new, so a second one would find nothing.
        local function queue(member)
          if redis.call('ZADD', queued, 'NX', at(now), member) == 1 then
            redis.call('LPUSH', jobs, '{"v":1,"userId":"' .. string.sub(member, 1, 36) .. '","conversationId":"' .. string.sub(member, 38) .. '"}')
          end
        end

        local function bury(field, reason, count)
          redis.call('HSET', dead, field, cjson.encode({ reason = reason, at = at(now), attempts = count }))
        end

        -- Ends a lease. What was queued meanwhile needs no mark any more: whoever calls this has the job run again or ends it.
        local function release(member)
          redis.call('ZREM', processing, member)
          redis.call('HDEL', owner, member)
          return redis.call('SREM', again, member) == 1
        end

        -- Counts a failed attempt; true while there are more to come.
        local function attempt(member, reason, most)
          local count = redis.call('HINCRBY', attempts, member, 1)
          if count < most then
            redis.call('HSET', reasons, member, reason)
            return count
          end
          redis.call('HDEL', attempts, member)
          redis.call('HDEL', reasons, member)
          bury(member, reason, count)
          return false
        end

        """;

    /// <summary>ARGV: member. A conversation that runs is marked, because its worker may have read its turns already.</summary>
    public const string Enqueue = UpdateIndexes +
        """
        local member = ARGV[1]
        if redis.call('HEXISTS', dead, member) == 1 or redis.call('ZSCORE', delayed, member) then
          -- Given up until somebody retries it, or coming back by itself: the sweep must not cut the waiting short.
          return 0
        end
        if redis.call('ZSCORE', processing, member) then
          redis.call('SADD', again, member)
        else
          queue(member)
        end
        return 1
        """;

    /// <summary>
    /// ARGV: handle, lease in ms, most attempts, reasons for a lost lease, an unreadable job, an unknown version.
    /// Answers with the member that is leased now, or an empty one and the ms until the books have something to do.
    /// </summary>
    public const string Claim = UpdateIndexes +
        """
        local id = '^%x%x%x%x%x%x%x%x%-%x%x%x%x%-%x%x%x%x%-%x%x%x%x%-%x%x%x%x%x%x%x%x%x%x%x%x$'

        -- Leases that ended: their workers are gone. It costs an attempt, or a job that kills its worker would do so for ever.
        for _, member in ipairs(redis.call('ZRANGEBYSCORE', processing, '-inf', at(now), 'LIMIT', 0, 100)) do
          release(member)
          if attempt(member, ARGV[4], tonumber(ARGV[3])) then
            queue(member)
          end
        end

        -- Retries whose time has come.
        for _, member in ipairs(redis.call('ZRANGEBYSCORE', delayed, '-inf', at(now), 'LIMIT', 0, 100)) do
          redis.call('ZREM', delayed, member)
          queue(member)
        end

        -- Bounded, so that a flood of junk does not hold everybody else up in one script.
        for _ = 1, 100 do
          -- First what was taken by somebody who died, or went away, before leasing it.
          local payload = redis.call('RPOP', taken) or redis.call('RPOP', jobs)
          if not payload then
            -- Nothing waits, so nobody may be named as waiting: the list may have been emptied by other hands.
            redis.call('DEL', queued)
            local wait = 60000
            for _, key in ipairs({ processing, delayed }) do
              local first = redis.call('ZRANGE', key, 0, 0, 'WITHSCORES')
              if first[2] then
                wait = math.min(wait, math.max(0, tonumber(first[2]) - now))
              end
            end
            return { '', at(wait) }
          end

          local readable, job = pcall(cjson.decode, payload)
          readable = readable and type(job) == 'table'
          if readable and job.v == 1 and type(job.userId) == 'string' and type(job.conversationId) == 'string'
            and string.match(job.userId, id) and string.match(job.conversationId, id) then
            local member = string.lower(job.userId) .. ':' .. string.lower(job.conversationId)
            redis.call('ZREM', queued, member)
            if redis.call('ZSCORE', processing, member) then
              -- Two of one conversation never run at once; this one runs after the other.
              redis.call('SADD', again, member)
            elseif redis.call('HEXISTS', dead, member) == 0 and not redis.call('ZSCORE', delayed, member) then
              redis.call('ZADD', processing, at(now + tonumber(ARGV[2])), member)
              redis.call('HSET', owner, member, ARGV[1])
              return { member, '0' }
            end
          elseif redis.call('HLEN', dead) < 10000 then
            -- A stranger's: kept short and few, for whoever looks for it.
            local versioned = readable and type(job.v) == 'number' and job.v ~= 1
            bury(string.sub(payload, 1, 200), versioned and ARGV[6] or ARGV[5], 0)
          end
        end
        return { '', '0' }
        """;

    /// <summary>ARGV: member, handle, lease in ms. 0 where the lease is another's or nobody's.</summary>
    public const string Renew = UpdateIndexes +
        """
        if redis.call('HGET', owner, ARGV[1]) ~= ARGV[2] then
          return 0
        end
        redis.call('ZADD', processing, at(now + tonumber(ARGV[3])), ARGV[1])
        return 1
        """;

    /// <summary>ARGV: member, handle.</summary>
    public const string Complete = UpdateIndexes +
        """
        local member = ARGV[1]
        if redis.call('HGET', owner, member) ~= ARGV[2] then
          return 0
        end
        redis.call('HDEL', attempts, member)
        redis.call('HDEL', reasons, member)
        if release(member) then
          queue(member)
        end
        return 1
        """;

    /// <summary>ARGV: member, handle, reason, most attempts or 0 where it costs none, delay in ms, longest delay in ms.</summary>
    public const string Return = UpdateIndexes +
        """
        local member, most, delay = ARGV[1], tonumber(ARGV[4]), tonumber(ARGV[5])
        if redis.call('HGET', owner, member) ~= ARGV[2] then
          return 0
        end
        release(member)
        if most == 0 then
          redis.call('HSET', reasons, member, ARGV[3])
        else
          local count = attempt(member, ARGV[3], most)
          if not count then
            return 1
          end
          delay = math.min(delay * 2 ^ (count - 1), tonumber(ARGV[6]))
        end
        redis.call('ZADD', delayed, at(now + delay), member)
        return 1
        """;

    /// <summary>ARGV: member. Answers with the phase, or nothing, and the last reason.</summary>
    public const string Find = UpdateIndexes +
        """
        local member = ARGV[1]
        local buried = redis.call('HGET', dead, member)
        local reason = redis.call('HGET', reasons, member) or ''
        if redis.call('ZSCORE', processing, member) then
          return { 'Running', reason }
        elseif buried then
          return { 'Dead', cjson.decode(buried).reason }
        elseif redis.call('ZSCORE', delayed, member) then
          return { 'Retrying', reason }
        elseif redis.call('ZSCORE', queued, member) then
          return { 'Queued', reason }
        end
        return { '', '' }
        """;

    /// <summary>Answers with what waits, for how many ms the first of it has, what runs, is delayed and was given up.</summary>
    public const string Statistics = UpdateIndexes +
        """
        local first = redis.call('ZRANGE', queued, 0, 0, 'WITHSCORES')
        return {
          redis.call('LLEN', jobs) + redis.call('LLEN', taken),
          first[2] and math.max(0, now - tonumber(first[2])) or 0,
          redis.call('ZCARD', processing),
          redis.call('ZCARD', delayed),
          redis.call('HLEN', dead),
        }
        """;

    /// <summary>ARGV: member. A retry that is waiting for its time comes at once as well: somebody asked for it.</summary>
    public const string Retry = UpdateIndexes +
        """
        local member = ARGV[1]
        redis.call('HDEL', dead, member)
        redis.call('HDEL', attempts, member)
        redis.call('HDEL', reasons, member)
        redis.call('ZREM', delayed, member)
        if redis.call('ZSCORE', processing, member) then
          redis.call('SADD', again, member)
        else
          queue(member)
        end
        return 1
        """;
}
