using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Jarvis.Application.Discord;
using Jarvis.Domain.Common;
using Jarvis.Infrastructure.Redis;
using StackExchange.Redis;

namespace Jarvis.Infrastructure.Integrations.Discord;

/// <summary>
/// Under the hash of its state each attempt says whose it is, and the hash of what that browser keeps: neither the state nor the
/// verifier can be read here.
/// </summary>
internal sealed class RedisOAuthStateStore(IConnectionMultiplexer redis, TimeProvider clock) : IOAuthStateStore
{
    private const string Prefix = "jarvis:discord:link:";
    private const int SecretBytes = 32;
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(1);

    public async Task<Result<LinkAttempt>> StoreAsync(UserId user, CancellationToken cancellationToken)
    {
        var (state, secret) = (Secret(), Secret());
        try
        {
            await redis.GetDatabase().StringSetAsync(KeyFor(state), Create(user, secret), Lifetime).WaitAsync(Timeout, clock, cancellationToken);
        }
        catch (Exception e) when (RedisOutageLogger.IsTransient(e))
        {
            return DiscordErrors.LinkStoreUnavailable;
        }

        return new LinkAttempt(state, secret, Hash(DeriveVerifier(secret)));
    }

    public async Task<Result<string>> TakeAsync(UserId user, string state, string browserSecret, CancellationToken cancellationToken)
    {
        try
        {
            var begun = (string?)await redis.GetDatabase().StringGetDeleteAsync(KeyFor(state)).WaitAsync(Timeout, clock, cancellationToken);

            return begun is not null && begun == Create(user, browserSecret) ? Result<string>.Success(DeriveVerifier(browserSecret)) : DiscordErrors.LinkRejected;
        }
        catch (Exception e) when (RedisOutageLogger.IsTransient(e))
        {
            return DiscordErrors.LinkStoreUnavailable;
        }
    }

    private static string KeyFor(string state) => Prefix + Hash(state);

    private static string Create(UserId user, string secret) => $"{user.Value:N}:{Hash("browser:" + secret)}";

    private static string DeriveVerifier(string secret) => Hash("verifier:" + secret);

    private static string Secret() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(SecretBytes));

    private static string Hash(string text) => Base64Url.EncodeToString(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
