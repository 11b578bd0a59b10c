using StackExchange.Redis;

namespace Jarvis.Infrastructure.Ai.ChatModels;

/// <summary>
/// Leases of the local model in all processes: one for each process that generates answers, and one for each extraction. Each is a
/// member of a sorted set with its expiry on the clock of Redis, so that the leases of a killed process expire.
/// </summary>
/// <param name="name">Prefix of the keys; tests use their own.</param>
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

        -- Numbers are formatted explicitly: Redis runs Lua 5.1 and Garnet Lua 5.4, which format large numbers differently.
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
        -- Only an existing lease: its release may have been processed before.
        if redis.call('ZSCORE', extractions, ARGV[1]) then
          hold(extractions)
        end
        return 1
        """;

    /// <summary>ARGV: handle, length in ms, slots. Returns 1 if the extraction may use the model.</summary>
    private const string Enter = RemoveExpired +
        """
        -- Expired leases.
        redis.call('ZREMRANGEBYSCORE', answers, '-inf', string.format('%.0f', now))
        redis.call('ZREMRANGEBYSCORE', extractions, '-inf', string.format('%.0f', now))

        -- Answers have priority, and the slots limit the extractions of all processes together.
        if redis.call('ZCARD', answers) > 0 or redis.call('ZCARD', extractions) >= tonumber(ARGV[3]) then
          return 0
        end
        hold(extractions)
        return 1
        """;

    private readonly RedisChannel channel = RedisChannel.Literal($"{name}:changed");
    private readonly RedisKey[] keys = [$"{{{name}}}:answers", $"{{{name}}}:extractions"];

    /// <summary>Time after which a lease expires without a renewal.</summary>
    public TimeSpan Length => length;

    /// <summary>Tells all processes that this one generates answers. Each renewal repeats it for processes that missed the message.</summary>
    public async Task RenewChatHeartbeatAsync(string handle)
    {
        await EvaluateAsync(RenewChatHeartbeat, handle);
        await redis.GetSubscriber().PublishAsync(channel, ActiveChats);
    }

    public Task ClearChatHeartbeatAsync(string handle) => ReleaseAsync(keys[0], handle);

    public async Task<bool> TryEnterAsync(string handle, int slots) => (bool)await EvaluateAsync(Enter, handle, slots);

    public Task RenewExtractionAsync(string handle) => EvaluateAsync(RenewExtraction, handle);

    public Task ReleaseExtractionAsync(string handle) => ReleaseAsync(keys[1], handle);

    /// <param name="answersBegan">Called when an answer in any process needs the model.</param>
    /// <param name="slotReleased">Called when a slot may be free.</param>
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

    // Sent in this order on one connection, so that the receivers of the message find the slot free.
    private Task ReleaseAsync(RedisKey set, string handle) =>
        Task.WhenAll(redis.GetDatabase().SortedSetRemoveAsync(set, handle), redis.GetSubscriber().PublishAsync(channel, SlotReleasedChannel));

    private Task<RedisResult> EvaluateAsync(string script, string handle, int slots = 0) =>
        redis.GetDatabase().ScriptEvaluateAsync(script, keys, [handle, (long)length.TotalMilliseconds, slots]);
}
