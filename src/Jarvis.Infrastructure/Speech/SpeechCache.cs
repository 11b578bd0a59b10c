using Jarvis.Infrastructure.Redis;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using StackExchange.Redis;

namespace Jarvis.Infrastructure.Speech;

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

    // A person stands behind it; the driver looks for timeouts only once a second.
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(900);

    private readonly RedisKey[] books = [$"{{{prefix}}}:made", $"{{{prefix}}}:lengths"];
    private readonly RedisOutage outage = new(logger, "speech is synthesized each time");
    private readonly RedisPause pause = new(clock);

    private bool IsOff => options.Value is { MaxEntryBytes: 0 } or { MaxTotalBytes: 0 };

    public async Task<byte[]?> FindAsync(string name) =>
        IsOff ? null : await SoftlyAsync(async () => (byte[]?)await redis.GetDatabase().StringGetAsync(KeyOf(name)));

    public async Task KeepAsync(string name, ReadOnlyMemory<byte> sound)
    {
        var bounds = options.Value;
        if (!IsOff && sound.Length <= Math.Min(bounds.MaxEntryBytes, bounds.MaxTotalBytes))
        {
            await SoftlyAsync(() => StoreAsync(name, sound, bounds));
        }
    }

    // First the books, then the sounds: whoever dies in between has kept too little, never too much.
    private async Task<object?> StoreAsync(string name, ReadOnlyMemory<byte> sound, SpeechCacheOptions bounds)
    {
        var database = redis.GetDatabase();
        var leaving = await database.ScriptEvaluateAsync(
            SpeechCacheScript.Admit,
            books,
            [name, sound.Length, (long)bounds.Expiry.TotalMilliseconds, bounds.MaxTotalBytes]);

        // One by one: in a cluster each may lie elsewhere.
        await Task.WhenAll(((string[])leaving!).Select(gone => database.KeyDeleteAsync(KeyOf(gone))));
        await database.StringSetAsync(KeyOf(name), sound, bounds.Expiry);

        return name;
    }

    private RedisKey KeyOf(string name) => $"{prefix}:{name}";

    private async Task<T?> SoftlyAsync<T>(Func<Task<T?>> ask)
        where T : class
    {
        if (!pause.MayAsk())
        {
            return null;
        }

        try
        {
            var answer = await ask().WaitAsync(Patience, clock);
            pause.Ended();
            outage.Ended();

            return answer;
        }
        catch (Exception e) when (RedisOutage.Is(e))
        {
            pause.Began();
            outage.Began(e);

            return null;
        }
    }
}
