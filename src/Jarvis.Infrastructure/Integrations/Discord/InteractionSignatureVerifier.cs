using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using Jarvis.Application.Discord;
using Jarvis.Infrastructure.Redis;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using NSec.Cryptography;
using StackExchange.Redis;

namespace Jarvis.Infrastructure.Integrations.Discord;

internal sealed class InteractionSignatureVerifier : IInteractionSignatureVerifier
{
    private const string Prefix = "jarvis:discord:seen:";
    private const int SignatureBytes = 64;
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(5);

    // A small part of the three seconds in which Discord expects the response.
    private static readonly TimeSpan Timeout = TimeSpan.FromMilliseconds(400);

    private readonly IConnectionMultiplexer redis;
    private readonly TimeProvider clock;
    private readonly PublicKey? key;
    private readonly ResilientRedis resilient;
    private readonly ConcurrentDictionary<string, DateTimeOffset> localIds = [];

    public InteractionSignatureVerifier(IConnectionMultiplexer redis, IOptions<DiscordOptions> options, TimeProvider clock, ILogger<InteractionSignatureVerifier> logger)
    {
        (this.redis, this.clock) = (redis, clock);
        key = options.Value.PublicKey is { } hex
            ? PublicKey.Import(SignatureAlgorithm.Ed25519, Convert.FromHexString(hex), KeyBlobFormat.RawPublicKey)
            : null;
        resilient = new ResilientRedis(logger, "a repeated Discord interaction is recognised only by the process that received it first")
        {
            Timeout = Timeout,
            Clock = clock,
            CircuitBreaker = new RedisCircuitBreaker(clock),
        };
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

    // Ids are remembered for twice the window, because a timestamp may be in the future as well as in the past.
    public async Task<bool> IsFirstAsync(string interactionId, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        RemoveExpired(now);

        return localIds.TryAdd(interactionId, now + (2 * Window))
            && await resilient.TryAsync(
                () => redis.GetDatabase().StringSetAsync(Prefix + interactionId, 1, 2 * Window, when: When.NotExists),
                fallback: true,
                cancellationToken);
    }

    private void RemoveExpired(DateTimeOffset now)
    {
        foreach (var (id, end) in localIds)
        {
            if (end < now)
            {
                localIds.TryRemove(id, out _);
            }
        }
    }
}
