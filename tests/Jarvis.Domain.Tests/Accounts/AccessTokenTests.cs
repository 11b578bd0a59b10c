using System.Text;
using Jarvis.Domain.Accounts;

namespace Jarvis.Domain.Tests.Accounts;

public sealed class AccessTokenTests
{
    private static readonly DateTimeOffset Now = new(2026, 5, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly UserId User = UserId.New(Now);

    [Fact]
    public void Its_text_can_be_told_from_other_secrets_and_copied_anywhere()
    {
        var (_, secret) = Issue();

        secret.Should().MatchRegex("^jrv_[A-Za-z0-9_-]{43}$");
    }

    [Fact]
    public void What_is_kept_is_the_hash_and_not_the_text()
    {
        var (token, secret) = Issue();

        token.Hash.Should().Equal(AccessToken.HashOf(secret)).And.HaveCount(32);
        Encoding.UTF8.GetString(token.Hash).Should().NotContain(secret[4..]);
    }

    [Fact]
    public void No_two_are_alike()
    {
        var secrets = Enumerable.Range(0, 1_000).Select(_ => Issue().Secret);

        secrets.Should().OnlyHaveUniqueItems();
    }

    [Fact]
    public void It_knows_whose_it_is_and_until_when()
    {
        var (token, _) = AccessToken.Issue(User, "laptop", Now.AddDays(1), Now);

        (token.UserId, token.Name, token.CreatedAt, token.ExpiresAt).Should().Be((User, "laptop", Now, Now.AddDays(1)));
    }

    private static (AccessToken Token, string Secret) Issue() => AccessToken.Issue(User, "laptop", expiresAt: null, Now);
}
