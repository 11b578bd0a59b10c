namespace Jarvis.Infrastructure.Redis.Queue;

/// <summary>
/// Scripts of the queue. Each step that changes several keys is one script, because a worker may be killed between two commands.
/// They use the clock of Redis, because the clocks of the workers differ. For the same reasons the leases of jobs are part of these
/// scripts and not a <see cref="RedisLease"/>: an expired lease counts an attempt and queues its job in one step. A conversation's
/// member is <c>userId:conversationId</c>.
/// </summary>
internal static class QueueScripts
{
    // Numbers are formatted explicitly: Redis runs Lua 5.1 and Garnet Lua 5.4, which write large numbers differently.
    private const string UpdateIndexes =
        """
        local jobs, taken, queued, processing, owner = KEYS[1], KEYS[2], KEYS[3], KEYS[4], KEYS[5]
        local again, delayed, attempts, reasons, dead = KEYS[6], KEYS[7], KEYS[8], KEYS[9], KEYS[10]
        local time = redis.call('TIME')
        local now = tonumber(time[1]) * 1000 + math.floor(tonumber(time[2]) / 1000)

        local function at(milliseconds)
          return string.format('%.0f', milliseconds)
        end

        -- One queued entry per conversation: its job reads all new turns, so a second one would find none.
        local function queue(member)
          if redis.call('ZADD', queued, 'NX', at(now), member) == 1 then
            redis.call('LPUSH', jobs, '{"v":1,"userId":"' .. string.sub(member, 1, 36) .. '","conversationId":"' .. string.sub(member, 38) .. '"}')
          end
        end

        local function bury(field, reason, count)
          redis.call('HSET', dead, field, cjson.encode({ reason = reason, at = at(now), attempts = count }))
        end

        -- Ends a lease; true if the conversation was queued again during it. The caller queues or completes the job.
        local function release(member)
          redis.call('ZREM', processing, member)
          redis.call('HDEL', owner, member)
          return redis.call('SREM', again, member) == 1
        end

        -- Counts a failed attempt. Returns the count, or false after the last attempt.
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

    /// <summary>ARGV: member. Marks a conversation that is being processed, because its worker may have read the turns already.</summary>
    public const string Enqueue = UpdateIndexes +
        """
        local member = ARGV[1]
        if redis.call('HEXISTS', dead, member) == 1 or redis.call('ZSCORE', delayed, member) then
          -- A dead letter needs a manual retry, and a delayed job is queued when it is due: the sweep must not shorten the delay.
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
    /// ARGV: handle, lease in ms, maximum attempts, reasons for a lost lease, an unreadable job, an unknown version.
    /// Returns the leased member, or an empty one and the ms until the next lease ends or the next retry is due.
    /// </summary>
    public const string Claim = UpdateIndexes +
        """
        local id = '^%x%x%x%x%x%x%x%x%-%x%x%x%x%-%x%x%x%x%-%x%x%x%x%-%x%x%x%x%x%x%x%x%x%x%x%x$'

        -- Expired leases: their workers were killed. It counts as an attempt, or a job that crashes its worker would do so forever.
        for _, member in ipairs(redis.call('ZRANGEBYSCORE', processing, '-inf', at(now), 'LIMIT', 0, 100)) do
          release(member)
          if attempt(member, ARGV[4], tonumber(ARGV[3])) then
            queue(member)
          end
        end

        -- Retries that are due.
        for _, member in ipairs(redis.call('ZRANGEBYSCORE', delayed, '-inf', at(now), 'LIMIT', 0, 100)) do
          redis.call('ZREM', delayed, member)
          queue(member)
        end

        -- Bounded, so that many invalid payloads don't block all other clients during one script.
        for _ = 1, 100 do
          -- First the jobs that a killed or disconnected worker moved aside and didn't lease.
          local payload = redis.call('RPOP', taken) or redis.call('RPOP', jobs)
          if not payload then
            -- The lists are empty, so no job is queued: another client may have emptied them.
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
              -- Two jobs of one conversation never run at the same time; this one runs after the other.
              redis.call('SADD', again, member)
            elseif redis.call('HEXISTS', dead, member) == 0 and not redis.call('ZSCORE', delayed, member) then
              redis.call('ZADD', processing, at(now + tonumber(ARGV[2])), member)
              redis.call('HSET', owner, member, ARGV[1])
              return { member, '0' }
            end
          elseif redis.call('HLEN', dead) < 10000 then
            -- Not from Jarvis: stored truncated and up to a limit, for diagnosis.
            local versioned = readable and type(job.v) == 'number' and job.v ~= 1
            bury(string.sub(payload, 1, 200), versioned and ARGV[6] or ARGV[5], 0)
          end
        end
        return { '', '0' }
        """;

    /// <summary>ARGV: member, handle, lease in ms. Returns 0 if this handle doesn't have the lease.</summary>
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

    /// <summary>ARGV: member, handle, reason, maximum attempts (0: doesn't count as an attempt), delay in ms, maximum delay in ms.</summary>
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

    /// <summary>ARGV: member. Returns the phase, or an empty text, and the last reason.</summary>
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

    /// <summary>Returns the number of queued jobs, the age of the oldest in ms, and the numbers of running, delayed and dead jobs.</summary>
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

    /// <summary>ARGV: member. Also queues a delayed retry immediately, because an administrator requested it.</summary>
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
