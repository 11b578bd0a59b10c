using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Jarvis.Application.Discord;
using Jarvis.Domain.Common;
using Jarvis.Infrastructure.Redis;
using StackExchange.Redis;

namespace Jarvis.Infrastructure.Integrations.Discord;

/// <summary>
/// Stores each attempt under the hash of its state, with the user and the hash of the browser's secret. Neither the state nor the
/// verifier can be read from Redis.
/// </summary>
internal sealed class RedisOAuthStateStore(IConnectionMultiplexer redis, TimeProvider clock) : IOAuthStateStore
{
    private const string Prefix = "jarvis:discord:link:";
    private const int SecretBytes = 32;
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(1);

    // Silent: the user sees the error.
    private readonly ResilientRedis resilient = ResilientRedis.Silent;

    public Task<Result<LinkAttempt>> StoreAsync(UserId user, CancellationToken cancellationToken)
    {
        var (state, secret) = (CreateSecret(), CreateSecret());

        return resilient.RunAsync<Result<LinkAttempt>>(
            async () =>
            {
                await Bound(redis.GetDatabase().StringSetAsync(KeyFor(state), Format(user, secret), Lifetime));

                return new LinkAttempt(state, secret, Hash(DeriveVerifier(secret)));
            },
            _ => DiscordErrors.LinkStoreUnavailable,
            cancellationToken);
    }

    public Task<Result<string>> TakeAsync(UserId user, string state, string browserSecret, CancellationToken cancellationToken) =>
        resilient.RunAsync<Result<string>>(
            async () =>
            {
                var stored = (string?)await Bound(redis.GetDatabase().StringGetDeleteAsync(KeyFor(state)));

                return stored is not null && stored == Format(user, browserSecret)
                    ? Result<string>.Success(DeriveVerifier(browserSecret))
                    : DiscordErrors.LinkRejected;
            },
            _ => DiscordErrors.LinkStoreUnavailable,
            cancellationToken);

    private Task<T> Bound<T>(Task<T> command) => command.WaitAsync(Timeout, clock);

    private static string KeyFor(string state) => Prefix + Hash(state);

    private static string Format(UserId user, string secret) => $"{user.Value:N}:{Hash("browser:" + secret)}";

    private static string DeriveVerifier(string secret) => Hash("verifier:" + secret);

    private static string CreateSecret() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(SecretBytes));

    private static string Hash(string text) => Base64Url.EncodeToString(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
