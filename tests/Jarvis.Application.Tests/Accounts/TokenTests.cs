using Jarvis.Application.Accounts;
using Jarvis.Domain.Accounts;
using Jarvis.Domain.Common;
using Microsoft.EntityFrameworkCore;

namespace Jarvis.Application.Tests.Accounts;

public sealed class TokenTests : IAsyncLifetime
{
    private ApplicationFixture jarvis = null!;

    public async ValueTask InitializeAsync()
    {
        jarvis = await ApplicationFixture.StartAsync();
        jarvis.Accounts
            .FindAsync(Arg.Any<IQueryable<UserId>>(), Arg.Any<CancellationToken>())
            .Returns(async call => await call.Arg<IQueryable<UserId>>().ContainsAsync(jarvis.UserId) ? Me : null);
    }

    public ValueTask DisposeAsync() => jarvis.DisposeAsync();

    private Account Me => new(jarvis.UserId, "me", IsAdministrator: false);

    [Fact]
    public async Task Token_authenticates_its_owner()
    {
        var token = await CreateAsync();

        var account = await jarvis.SendAsync(new AuthenticateToken(token.Token));

        account.Value.Should().Be(Me);
    }

    [Theory]
    [InlineData("jrv_unknown")]
    [InlineData("")]
    public async Task Unknown_token_is_rejected(string secret)
    {
        await CreateAsync();

        (await jarvis.SendAsync(new AuthenticateToken(secret))).Error.Should().Be(AccountErrors.TokenRejected);
    }

    [Fact]
    public async Task Token_is_accepted_until_it_expires()
    {
        var token = await CreateAsync(ApplicationFixture.Start.AddDays(1));
        jarvis.Clock.Advance(TimeSpan.FromDays(1) - TimeSpan.FromTicks(1));
        var before = await jarvis.SendAsync(new AuthenticateToken(token.Token));

        jarvis.Clock.Advance(TimeSpan.FromTicks(1));

        before.Error.Should().BeNull();
        (await jarvis.SendAsync(new AuthenticateToken(token.Token))).Error.Should().Be(AccountErrors.TokenRejected);
    }

    [Fact]
    public async Task Revoked_token_is_rejected()
    {
        var token = await CreateAsync();

        await jarvis.SendAsync(new RevokeToken(jarvis.UserId, token.Id));

        (await jarvis.SendAsync(new AuthenticateToken(token.Token))).Error.Should().Be(AccountErrors.TokenRejected);
    }

    [Fact]
    public async Task Token_of_a_deleted_user_is_rejected()
    {
        var token = await CreateAsync();
        jarvis.Accounts.FindAsync(Arg.Any<IQueryable<UserId>>(), Arg.Any<CancellationToken>()).Returns((Account?)null);

        (await jarvis.SendAsync(new AuthenticateToken(token.Token))).Error.Should().Be(AccountErrors.TokenRejected);
    }

    [Fact]
    public async Task Other_user_cannot_list_or_revoke_a_token()
    {
        var token = await CreateAsync();
        var other = await jarvis.AddUserAsync();

        (await jarvis.SendAsync(new RevokeToken(other, token.Id))).Error.Should().Be(AccountErrors.TokenNotFound);
        (await jarvis.SendAsync(new ListTokens(other, Page: 1))).Total.Should().Be(0);
        (await jarvis.SendAsync(new AuthenticateToken(token.Token))).Error.Should().BeNull();
    }

    [Fact]
    public async Task Token_list_shows_names_without_secrets()
    {
        var token = await CreateAsync();

        var page = await jarvis.SendAsync(new ListTokens(jarvis.UserId, Page: 1));

        page.Items.Should().Equal(new TokenRow(token.Id, "laptop", ApplicationFixture.Start, null));
        typeof(TokenRow).GetProperties().Should().NotContain(property => property.Name == nameof(AccessToken.Hash));
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("a\0b")]
    public async Task Invalid_token_name_is_rejected(string name)
    {
        var created = await jarvis.SendAsync(new CreateToken(jarvis.UserId, name, ExpiresAt: null));

        created.Error!.Fields["name"].Should().ContainSingle(error => error.Code == "token.name_invalid");
    }

    [Fact]
    public async Task Expiry_not_in_the_future_is_rejected()
    {
        var created = await jarvis.SendAsync(new CreateToken(jarvis.UserId, "laptop", ApplicationFixture.Start));

        created.Error!.Fields["expiresAt"].Should().ContainSingle(error => error.Code == "token.expiry_invalid");
    }

    private async Task<CreatedToken> CreateAsync(DateTimeOffset? expiresAt = null) =>
        (await jarvis.SendAsync(new CreateToken(jarvis.UserId, " laptop ", expiresAt))).Value;
}
