using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Jarvis.Application.Discord;
using Jarvis.Domain.Accounts;
using Jarvis.Domain.Common;
using Jarvis.Infrastructure.Redis;
using StackExchange.Redis;

namespace Jarvis.Infrastructure.Discord;

/// <summary>
/// Under the hash of its state each attempt says whose it is, and the hash of what that browser keeps: neither the state nor the
/// verifier can be read here.
/// </summary>
internal sealed class RedisLinkAttempts(IConnectionMultiplexer redis, TimeProvider clock) : IDiscordLinkAttempts
{
    private const string Prefix = "jarvis:discord:link:";
    private const int SecretBytes = 32;
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    public async Task<Result<LinkAttempt>> BeginAsync(UserId user, CancellationToken cancellationToken)
    {
        var (state, secret) = (Secret(), Secret());
        try
        {
            await redis.GetDatabase().StringSetAsync(KeyOf(state), Of(user, secret), Lifetime).WaitAsync(Patience, clock, cancellationToken);
        }
        catch (Exception e) when (RedisOutage.Is(e))
        {
            return DiscordErrors.LinkStoreAway;
        }

        return new LinkAttempt(state, secret, Hash(VerifierOf(secret)));
    }

    public async Task<Result<string>> EndAsync(UserId user, string state, string browserSecret, CancellationToken cancellationToken)
    {
        try
        {
            var begun = (string?)await redis.GetDatabase().StringGetDeleteAsync(KeyOf(state)).WaitAsync(Patience, clock, cancellationToken);

            return begun is not null && begun == Of(user, browserSecret) ? Result<string>.Success(VerifierOf(browserSecret)) : DiscordErrors.LinkRefused;
        }
        catch (Exception e) when (RedisOutage.Is(e))
        {
            return DiscordErrors.LinkStoreAway;
        }
    }

    private static string KeyOf(string state) => Prefix + Hash(state);

    private static string Of(UserId user, string secret) => $"{user.Value:N}:{Hash("browser:" + secret)}";

    private static string VerifierOf(string secret) => Hash("verifier:" + secret);

    private static string Secret() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(SecretBytes));

    private static string Hash(string text) => Base64Url.EncodeToString(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
