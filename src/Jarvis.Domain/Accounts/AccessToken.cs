using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Jarvis.Domain.Common;

namespace Jarvis.Domain.Accounts;

/// <summary>A personal access token. Jarvis stores only its hash and shows its text once, on creation.</summary>
public sealed class AccessToken : IUserOwned
{
    public const string Prefix = "jrv_";
    public const int NameMaxLength = 100;
    private const int SecretBytes = 32;

    private AccessToken()
    {
    }

    public AccessTokenId Id { get; private set; }

    public UserId UserId { get; private set; }

    public string Name { get; private set; } = "";

    /// <summary>SHA-256 of the token's text. The text is random, so a slow hash would not add protection.</summary>
    public byte[] Hash { get; private set; } = [];

    public DateTimeOffset CreatedAt { get; private set; }

    public DateTimeOffset? ExpiresAt { get; private set; }

    public static (AccessToken Token, string Secret) Issue(UserId user, string name, DateTimeOffset? expiresAt, DateTimeOffset now)
    {
        var secret = Prefix + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(SecretBytes));
        var token = new AccessToken
        {
            Id = AccessTokenId.New(now),
            UserId = user,
            Name = name,
            Hash = ComputeHash(secret),
            CreatedAt = now,
            ExpiresAt = expiresAt,
        };

        return (token, secret);
    }

    public static byte[] ComputeHash(string secret) => SHA256.HashData(Encoding.UTF8.GetBytes(secret));
}
