using Jarvis.Infrastructure.Redis;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using StackExchange.Redis;

namespace Jarvis.Infrastructure.Ai.Speech;

/// <summary>
/// Sounds in Redis, each under <c>jarvis:tts:NAME</c> for some days, bounded one by one and all together. While Redis is away
/// nothing is found and nothing kept, and nobody waits for it.
/// </summary>
/// <param name="prefix">Tests bring one of their own.</param>
internal sealed class SpeechCache(
    IConnectionMultiplexer redis,
    IOptions<SpeechCacheOptions> options,
    TimeProvider clock,
    ILogger<SpeechCache> logger,
    string prefix = SpeechCache.Prefix)
{
    private const string Prefix = "jarvis:tts";

    private readonly RedisKey[] books = [$"{{{prefix}}}:made", $"{{{prefix}}}:lengths"];
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

    public async Task TeeAsync(string name, ReadOnlyMemory<byte> sound)
    {
        var bounds = options.Value;
        if (!IsDisabled && sound.Length <= Math.Min(bounds.MaxEntryBytes, bounds.MaxTotalBytes))
        {
            await resilient.TryAsync(() => StoreAsync(name, sound, bounds));
        }
    }

    // First the books, then the sounds: whoever dies in between has kept too little, never too much.
    private async Task<object?> StoreAsync(string name, ReadOnlyMemory<byte> sound, SpeechCacheOptions bounds)
    {
        var database = redis.GetDatabase();
        var leaving = await database.ScriptEvaluateAsync(
            SpeechCacheScript.Store,
            books,
            [name, sound.Length, (long)bounds.Expiry.TotalMilliseconds, bounds.MaxTotalBytes]);

        // One by one: in a cluster each may lie elsewhere.
        await Task.WhenAll(((string[])leaving!).Select(removed => database.KeyDeleteAsync(KeyFor(removed))));
        await database.StringSetAsync(KeyFor(name), sound, bounds.Expiry);

        return name;
    }

    private RedisKey KeyFor(string name) => $"{prefix}:{name}";
}
