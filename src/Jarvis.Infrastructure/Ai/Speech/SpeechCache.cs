using Jarvis.Infrastructure.Redis;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using StackExchange.Redis;

namespace Jarvis.Infrastructure.Ai.Speech;

/// <summary>
/// Caches audio in Redis under <c>jarvis:tts:NAME</c> for some days. The size of each entry and of all entries is limited. While Redis
/// is unavailable, the cache finds and stores nothing, and no caller waits for it.
/// </summary>
/// <param name="prefix">Prefix of the keys; tests use their own.</param>
internal sealed class SpeechCache(
    IConnectionMultiplexer redis,
    IOptions<SpeechCacheOptions> options,
    TimeProvider clock,
    ILogger<SpeechCache> logger,
    string prefix = SpeechCache.Prefix)
{
    private const string Prefix = "jarvis:tts";

    private readonly RedisKey[] indexKeys = [$"{{{prefix}}}:made", $"{{{prefix}}}:lengths"];
    private readonly ResilientRedis resilient = new(logger, "speech isn't cached")
    {
        // A user waits for the sound; the driver checks for timeouts only once a second.
        Timeout = TimeSpan.FromMilliseconds(900),
        Clock = clock,
        CircuitBreaker = new RedisCircuitBreaker(clock),
    };

    private bool IsDisabled => options.Value is { MaxEntryBytes: 0 } or { MaxTotalBytes: 0 };

    public async Task<byte[]?> FindAsync(string name) =>
        IsDisabled ? null : await resilient.TryAsync(async () => (byte[]?)await redis.GetDatabase().StringGetAsync(KeyFor(name)));

    public async Task StoreAsync(string name, ReadOnlyMemory<byte> audio)
    {
        var limits = options.Value;
        if (!IsDisabled && audio.Length <= Math.Min(limits.MaxEntryBytes, limits.MaxTotalBytes))
        {
            await resilient.TryAsync(() => WriteAsync(name, audio, limits));
        }
    }

    // The index before the audio: a process that is killed in between has stored too little, never too much.
    private async Task<object?> WriteAsync(string name, ReadOnlyMemory<byte> audio, SpeechCacheOptions limits)
    {
        var database = redis.GetDatabase();
        var evicted = await database.ScriptEvaluateAsync(
            SpeechCacheScript.Store,
            indexKeys,
            [name, audio.Length, (long)limits.Expiry.TotalMilliseconds, limits.MaxTotalBytes]);

        // One by one, because each key may be on another node of a cluster.
        await Task.WhenAll(((string[])evicted!).Select(entry => database.KeyDeleteAsync(KeyFor(entry))));
        await database.StringSetAsync(KeyFor(name), audio, limits.Expiry);

        return name;
    }

    private RedisKey KeyFor(string name) => $"{prefix}:{name}";
}
