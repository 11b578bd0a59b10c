using StackExchange.Redis;

namespace Jarvis.Infrastructure.Ai.ChatModels;

/// <summary>
/// Who uses the local model, in all processes: answers, by the process that writes them, and extractions. Each is a lease in a
/// sorted set, by when it ends, on Redis's clock; what a killed process left ends by itself.
/// </summary>
/// <param name="name">Names the keys; tests bring a name of their own.</param>
internal sealed class RedisModelLeases(IConnectionMultiplexer redis, string name, TimeSpan length)
{
    public const string Name = "jarvis:local-model";

    private const string ActiveChats = "answers";
    private const string SlotReleasedChannel = "left";

    private const string RemoveExpired =
        """
        local answers, extractions, length = KEYS[1], KEYS[2], tonumber(ARGV[2])
        local time = redis.call('TIME')
        local now = tonumber(time[1]) * 1000 + math.floor(tonumber(time[2]) / 1000)

        -- Numbers are formatted by hand: Redis runs Lua 5.1 and Garnet Lua 5.4, which write large numbers differently.
        local function hold(set)
          redis.call('ZADD', set, string.format('%.0f', now + length), ARGV[1])
          redis.call('PEXPIRE', set, string.format('%.0f', 2 * length))
        end

        """;

    /// <summary>ARGV: handle, length in ms.</summary>
    private const string RenewChatHeartbeat = RemoveExpired +
        """
        hold(answers)
        return 1
        """;

    /// <summary>ARGV: handle, length in ms.</summary>
    private const string RenewExtraction = RemoveExpired +
        """
        -- Only what is there: its end may have overtaken this.
        if redis.call('ZSCORE', extractions, ARGV[1]) then
          hold(extractions)
        end
        return 1
        """;

    /// <summary>ARGV: handle, length in ms, slots. Answers with whether the model may be used.</summary>
    private const string Enter = RemoveExpired +
        """
        -- Who did not renew is gone.
        redis.call('ZREMRANGEBYSCORE', answers, '-inf', string.format('%.0f', now))
        redis.call('ZREMRANGEBYSCORE', extractions, '-inf', string.format('%.0f', now))

        -- Answers first, and no more extractions at once than are wanted in all processes together.
        if redis.call('ZCARD', answers) > 0 or redis.call('ZCARD', extractions) >= tonumber(ARGV[3]) then
          return 0
        end
        hold(extractions)
        return 1
        """;

    private readonly RedisChannel channel = RedisChannel.Literal($"{name}:changed");
    private readonly RedisKey[] keys = [$"{{{name}}}:answers", $"{{{name}}}:extractions"];

    /// <summary>How long a lease lasts without being renewed.</summary>
    public TimeSpan Length => length;

    /// <summary>Says in all processes that answers are being written: at first, and with each renewal to whoever missed it.</summary>
    public async Task RenewChatHeartbeatAsync(string handle)
    {
        await EvaluateAsync(RenewChatHeartbeat, handle);
        await redis.GetSubscriber().PublishAsync(channel, ActiveChats);
    }

    public Task ClearChatHeartbeatAsync(string handle) => ReleaseAsync(keys[0], handle);

    public async Task<bool> TryEnterAsync(string handle, int slots) => (bool)await EvaluateAsync(Enter, handle, slots);

    public Task RenewExtractionAsync(string handle) => EvaluateAsync(RenewExtraction, handle);

    public Task ReleaseExtractionAsync(string handle) => ReleaseAsync(keys[1], handle);

    /// <param name="answersBegan">An answer somewhere needs the model.</param>
    /// <param name="slotReleased">It may be free.</param>
    public Task ListenAsync(Action answersBegan, Action slotReleased) => redis.GetSubscriber().SubscribeAsync(channel, (_, message) =>
    {
        if (message == ActiveChats)
        {
            answersBegan();
        }
        else if (message == SlotReleasedChannel)
        {
            slotReleased();
        }
    });

    // Sent together, so that whoever asks next already finds the place free.
    private Task ReleaseAsync(RedisKey set, string handle) =>
        Task.WhenAll(redis.GetDatabase().SortedSetRemoveAsync(set, handle), redis.GetSubscriber().PublishAsync(channel, SlotReleasedChannel));

    private Task<RedisResult> EvaluateAsync(string script, string handle, int slots = 0) =>
        redis.GetDatabase().ScriptEvaluateAsync(script, keys, [handle, (long)length.TotalMilliseconds, slots]);
}
