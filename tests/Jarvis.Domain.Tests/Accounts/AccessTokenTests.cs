using System.Text;
using Jarvis.Domain.Accounts;
using Jarvis.Domain.Common;

namespace Jarvis.Domain.Tests.Accounts;

public sealed class AccessTokenTests
{
    private static readonly DateTimeOffset Now = new(2026, 5, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly UserId User = UserId.New(Now);

    [Fact]
    public void Secret_has_a_prefix_and_only_URL_safe_characters()
    {
        var (_, secret) = Issue();

        secret.Should().MatchRegex("^jrv_[A-Za-z0-9_-]{43}$");
    }

    [Fact]
    public void Token_stores_the_hash_and_not_the_secret()
    {
        var (token, secret) = Issue();

        token.Hash.Should().Equal(AccessToken.ComputeHash(secret)).And.HaveCount(32);
        Encoding.UTF8.GetString(token.Hash).Should().NotContain(secret[4..]);
    }

    [Fact]
    public void Secrets_are_unique()
    {
        var secrets = Enumerable.Range(0, 1_000).Select(_ => Issue().Secret);

        secrets.Should().OnlyHaveUniqueItems();
    }

    [Fact]
    public void Issued_token_has_its_owner_name_and_dates()
    {
        var (token, _) = AccessToken.Issue(User, "laptop", Now.AddDays(1), Now);

        (token.UserId, token.Name, token.CreatedAt, token.ExpiresAt).Should().Be((User, "laptop", Now, Now.AddDays(1)));
    }

    private static (AccessToken Token, string Secret) Issue() => AccessToken.Issue(User, "laptop", expiresAt: null, Now);
}
