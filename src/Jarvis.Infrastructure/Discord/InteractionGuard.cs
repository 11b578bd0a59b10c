using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using Jarvis.Application.Discord;
using Jarvis.Infrastructure.Redis;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using NSec.Cryptography;
using StackExchange.Redis;

namespace Jarvis.Infrastructure.Discord;

internal sealed class InteractionGuard : IInteractionGuard
{
    private const string Prefix = "jarvis:discord:seen:";
    private const int SignatureBytes = 64;
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(5);

    // Of the three seconds that Discord waits.
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(400);

    private readonly IConnectionMultiplexer redis;
    private readonly TimeProvider clock;
    private readonly PublicKey? key;
    private readonly RedisOutage outage;
    private readonly RedisPause pause;
    private readonly ConcurrentDictionary<string, DateTimeOffset> seenHere = [];

    public InteractionGuard(IConnectionMultiplexer redis, IOptions<DiscordOptions> options, TimeProvider clock, ILogger<InteractionGuard> logger)
    {
        (this.redis, this.clock) = (redis, clock);
        key = options.Value.PublicKey is { } hex
            ? PublicKey.Import(SignatureAlgorithm.Ed25519, Convert.FromHexString(hex), KeyBlobFormat.RawPublicKey)
            : null;
        outage = new RedisOutage(logger, "what comes from Discord a second time is known only to the process that it came to first");
        pause = new RedisPause(clock);
    }

    public bool IsConfigured => key is not null;

    public bool IsSigned(string? signature, string? timestamp, ReadOnlySpan<byte> body)
    {
        var bytes = new byte[SignatureBytes];
        if (key is null
            || signature?.Length != 2 * SignatureBytes
            || Convert.FromHexString(signature, bytes, out _, out _) != System.Buffers.OperationStatus.Done
            || !long.TryParse(timestamp, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            || seconds > DateTimeOffset.MaxValue.ToUnixTimeSeconds()
            || (clock.GetUtcNow() - DateTimeOffset.FromUnixTimeSeconds(seconds)).Duration() > Window)
        {
            return false;
        }

        return SignatureAlgorithm.Ed25519.Verify(key, [.. Encoding.ASCII.GetBytes(timestamp), .. body], bytes);
    }

    // Twice the window, because a timestamp may lie ahead as well as back.
    public async Task<bool> IsFirstAsync(string interactionId, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        ForgetUntil(now);
        if (!seenHere.TryAdd(interactionId, now + (2 * Window)))
        {
            return false;
        }

        if (!pause.MayAsk())
        {
            return true;
        }

        try
        {
            var isFirst = await redis.GetDatabase()
                .StringSetAsync(Prefix + interactionId, 1, 2 * Window, when: When.NotExists)
                .WaitAsync(Patience, clock, cancellationToken);
            pause.Ended();
            outage.Ended();

            return isFirst;
        }
        catch (Exception e) when (RedisOutage.Is(e))
        {
            pause.Began();
            outage.Began(e);

            return true;
        }
    }

    private void ForgetUntil(DateTimeOffset now)
    {
        foreach (var (id, end) in seenHere)
        {
            if (end < now)
            {
                seenHere.TryRemove(id, out _);
            }
        }
    }
}
